package dev.segue.plugins.campaignmodels.budget;

import java.math.BigDecimal;

/**
 * One campaign as it is to be weighed.
 *
 * @param id of the campaign
 * @param now its daily budget
 * @param floor the least that people allow
 * @param ceiling the most that people allow
 * @param curve what a day's budget yields
 */
public record CampaignBudget(
    String id, BigDecimal now, BigDecimal floor, BigDecimal ceiling, ResponseCurve curve) {}
