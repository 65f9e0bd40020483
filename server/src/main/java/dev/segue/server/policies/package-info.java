/**
 * How far a workflow's changes may go without a person: policies, their limits, and how they fall
 * back. Approvals ask them before they ask people; what a decision is belongs to the changes.
 */
@NullMarked
package dev.segue.server.policies;

import org.jspecify.annotations.NullMarked;
