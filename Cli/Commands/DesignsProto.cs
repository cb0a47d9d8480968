using System.CommandLine;
using System.Diagnostics;
using Checker.Cli.DesignSpace;
using Checker.Cli.Options;
using Checker.Model.Protocols.GuestMemory;
using Checker.Properties;
using Checker.Properties.DesignSpace;
namespace Checker.Cli.Commands;
internal static class Proto
{
    public static Command Create()
    {
        var c = new Command("proto", "x");
        var pattern = new Option<string>("--design") { HelpName = "d", Description = "d" };
        var what = new Option<string>("--what") { HelpName = "d", Description = "d" };
        c.Add(pattern); c.Add(what);
        c.SetAction(g =>
        {
            var o = g.InvocationConfiguration.Output;
            foreach (var design in InPlace.Designs.Where(d => d.Is(g.GetValue(pattern) ?? "*")))
            {
                var clock = Stopwatch.StartNew();
                var e = new Cli.DesignSpace.Exploration(design, Bounds.DefaultOf(Registry.Get("GuestMemory")));
                IEnumerable<Variant> vs = g.GetValue(what) switch
                {
                    "subsets" => InPlace.Subsets(design),
                    "private" => InPlace.ToPrivate.Select(p => new Variant(design, VariantKind.Order, [], Conversion.InOrder(p, null))),
                    "shared" => InPlace.ToShared.Select(p => new Variant(design, VariantKind.Order, [], Conversion.InOrder(null, p))),
                    _ => InPlace.ChangesOf(design),
                };
                var all = vs.AsParallel().AsOrdered().WithDegreeOfParallelism(2).Select(v => { var w = Stopwatch.StartNew(); return (e.Explore(v, CancellationToken.None), w.ElapsedMilliseconds); }).ToList();
                foreach (var (r, ms) in all.Where(r => r.Item1.Standing != Standing.Unsafe || all.Count < 50)) o.WriteLine($"{design} {r.Variant}: {r.Standing} {r.Property} {r.Length} lost {string.Join(' ', r.Lost)} {r.States} {ms} ms");
                foreach (var gr in all.GroupBy(r => r.Item1.Standing)) o.WriteLine($"{design} {gr.Key} {gr.Count()} {gr.Sum(x => x.ElapsedMilliseconds)} ms");
                foreach (var gr in all.GroupBy(r => (r.Item1.Property, r.Item1.Length))) o.WriteLine($"{design} {gr.Key} {gr.Count()} {gr.Sum(x => x.ElapsedMilliseconds)} ms {gr.Sum(x=>x.Item1.States)}");
                o.WriteLine($"{clock.Elapsed}");
            }
            return 0;
        });
        return c;
    }
}
