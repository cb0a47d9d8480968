using Checker.Model.Catalogue;
using Checker.Solver;
using Checker.Solver.Instance;
using Checker.Solver.Traces;

namespace Checker.App;

/// <summary>The model of a trace, built from the trace's header.</summary>
public static class TraceModel
{
    /// <summary>Builds the instance of a trace: its design or variant, at its bounds, without its dropped labels.</summary>
    /// <exception cref="BadInputException">
    /// The protocol, the design, the mutant or the size does not exist, or is written differently.
    /// </exception>
    /// <exception cref="ArgumentException">A label does not exist.</exception>
    /// <exception cref="InstanceTooLargeException">The instance is too large.</exception>
    public static Scope Of(ProtocolSet protocols, TraceHeader header)
    {
        var protocol = Plan.ProtocolNamed(protocols, header.Protocol);
        var bounds = BoundsOption.Parse(protocol, header.Bounds);
        Exactly("protocol", header.Protocol, protocol.Name);
        Exactly("bounds", header.Bounds, bounds.ToString());
        if (protocol.Variant(header.Design) is var (name, model))
        {
            Exactly("design", header.Design, name);
            return new(MutantTraces.Model(model.Without(header.Dropped), header.Mutant), bounds.BySort);
        }

        // A protocol without variants has one design, which has no name.
        var design = protocol.Designs.FirstOrDefault(d => d.Id == header.Design)
            ?? throw new BadInputException($"{protocol.Name} has no design "
                + $"{Suggestions.Quote(header.Design)}{Suggestions.Hint(header.Design, [.. protocol.Designs.Select(d => d.Id)])}");
        return new(MutantTraces.Model(protocol.Build(design).Without(header.Dropped), header.Mutant), bounds.BySort);
    }

    /// <summary>Requires the names in the file to be exactly those of the model, because they are shown as they are.</summary>
    private static void Exactly(string what, string given, string name)
    {
        if (given != name)
        {
            throw new BadInputException($"'{what}' is {Suggestions.Quote(given)}; it is written {Suggestions.Quote(name)}");
        }
    }
}
