using Checker.Composition.Protocols;
using Checker.Solver.Explicit.Compile;
using Checker.Solver.Instance;

namespace Checker.Benchmarks;

/// <summary>The finite instances of the benchmarks, and some of their states.</summary>
internal static class Instances
{
    public const string Design = "snp,attribute,inplace,spurious";

    /// <summary>Returns a GuestMemory design at bounds in the form of the command line.</summary>
    public static Scope GuestMemory(string bounds, string design = Design)
    {
        var protocol = Registry.Get("GuestMemory");
        return new(protocol.Build(protocol.Designs.Single(d => d.Id == design)),
            protocol.BoundSorts.Zip(bounds.Split(',')).ToDictionary(b => b.First, b => int.Parse(b.Second)));
    }

    /// <summary>Returns the first states of a breadth-first search, one after the other, in packed form.</summary>
    public static ulong[] States(CompiledModel model, int count)
    {
        var seen = new HashSet<string> { string.Join(' ', model.InitialState()) };
        var found = new List<ulong[]> { model.InitialState() };
        for (int i = 0; i < found.Count && found.Count < count; i++)
        {
            found.AddRange(model.Successors(found[i]).Where(s => seen.Add(string.Join(' ', s))));
        }

        return [.. found.Take(count).SelectMany(s => s)];
    }
}
