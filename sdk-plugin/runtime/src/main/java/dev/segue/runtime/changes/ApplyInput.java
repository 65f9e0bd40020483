package dev.segue.runtime.changes;

import dev.segue.sdk.Field;

/**
 * The input of {@code NAME.apply}.
 *
 * @param changes the id of the set to apply, such as {@code =plannedPrices.id}
 */
public record ApplyInput(
    @Field(
            title = "Change set",
            help = "The id of the approved change set, from the result of the plan step.",
            minLength = 1,
            maxLength = 100)
        String changes) {}
