using System.Collections.Immutable;
using Checker.Model.Ir;

namespace Checker.Solver.Mutation;

/// <summary>
/// Mutants of error paths: the call fails, and one update meant for its success happens all the same. For example, the state is stored
/// although the firmware refused, or the frame is freed although it was not given back. The mutant which does not look at the failure
/// at all is the model without the label of the error path.
/// </summary>
internal static class Faults
{
    public static IEnumerable<Mutation> Of(TransitionSystem system, ActionDeclaration action)
    {
        foreach (var fault in action.Faults)
        {
            int number = 0;
            for (int i = 0; i < action.Updates.Length; i++)
            {
                var update = action.Updates[i];
                if (!update.When.Any(w => IsForSuccess(w, fault)))
                {
                    continue;
                }

                var kept = update with { When = update.When.RemoveAll(w => IsForSuccess(w, fault)) };
                var updates = action.Updates.Select((other, n) => n == i ? kept : Yielding(other, update, fault)).OfType<Update>();
                string location = Printer.Location(update.Variable, string.Join(",", update.Index.Select(x => Printer.Print(x))));
                yield return Operators.With(
                    MutationKind.Fault,
                    $"{action.Name}.{fault.Outcome.Name}.kept{++number}",
                    $"{action.Name}: {fault.Outcome.Name} fails, and {location} = {Printer.Print(update.Value)} all the same",
                    update.Source,
                    system,
                    action with { Updates = [.. updates] });
            }
        }
    }

    private static bool IsForSuccess(Node when, FaultDeclaration fault) =>
        Node.Same(when, fault.Continues) || Node.Same(when, fault.Succeeded);

    /// <summary>An update of the error path, changed to leave the kept update's location alone. Null if nothing is left of it.</summary>
    private static Update? Yielding(Update other, Update kept, FaultDeclaration fault)
    {
        if (other.Variable != kept.Variable || !other.When.Any(w => w is Not not && Node.Same(not.Operand, fault.Continues)))
        {
            return other;
        }

        var same = other.Index.Zip(kept.Index).Where(i => !Node.Same(i.First, i.Second)).Select(i => (Node)new Eq(i.First, i.Second));
        return same.ToImmutableArray() is [_, ..] differs && kept.Bulk.IsEmpty
            ? other with { When = other.When.Add(new Not(new And(differs))) }
            : null;
    }
}
