package dev.segue.runtime.changes;

import dev.segue.sdk.Field;
import java.util.Optional;

/**
 * The input of {@code NAME.undo}.
 *
 * @param changes the id of the set that was applied, such as {@code =plannedPrices.id}
 * @param skipIrreversible whether to leave out what cannot be taken back; by default nothing is
 *     undone then
 */
public record UndoInput(
    @Field(
            title = "Change set",
            help = "The id of the applied change set, from the result of the plan step.",
            minLength = 1,
            maxLength = 100)
        String changes,
    @Field(
            title = "Skip what cannot be undone",
            help = "Otherwise nothing is undone if one of the changes has no way back.")
        Optional<Boolean> skipIrreversible) {}
