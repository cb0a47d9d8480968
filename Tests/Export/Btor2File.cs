using System.Globalization;

namespace Checker.Tests.Export;

/// <summary>
/// A reader of BTOR2 for tests: the operators which the exporter uses, on values of at most 64 bits. It was written from the format's
/// definition (Niemetz et al., CAV 2018), and shares nothing with the exporter.
/// </summary>
internal sealed class Btor2File
{
    private readonly Dictionary<int, string[]> _lines = [];
    private readonly List<int> _order = [];
    private readonly List<int> _states = [];
    private readonly Dictionary<int, int> _init = [];
    private readonly Dictionary<int, int> _next = [];
    private readonly List<int> _bad = [];
    private readonly int _input;

    public Btor2File(string text)
    {
        int last = 0;
        foreach (string line in text.Split('\n').Select(l => l.Split(';')[0].Trim()).Where(l => l.Length > 0))
        {
            string[] words = line.Split(' ');
            int number = Number(words[0]);
            Assert.True(number > last, $"the numbers do not grow: {line}");
            last = number;
            _lines[number] = words;
            switch (words[1])
            {
                case "state": _states.Add(number); break;
                case "input": Assert.Equal(0, _input); _input = number; break;
                case "init":
                    Assert.True(Number(words[4]) < Number(words[3]), $"the initial value does not stand before its state: {line}");
                    _init[Number(words[3])] = Number(words[4]);
                    break;
                case "next": _next[Number(words[3])] = Number(words[4]); break;
                case "bad": _bad.Add(Number(words[2])); break;
                case "sort": Assert.Equal("bitvec", words[2]); break;
                default: _order.Add(number); break;
            }
        }

        Assert.Equal(_states, _init.Keys);
        Assert.Equal(_states, _next.Keys);
    }

    /// <summary>
    /// Explores the file breadth-first. Returns the number of states, and for each reached "bad" (by its place among them) the least number
    /// of steps to it.
    /// </summary>
    public (int States, Dictionary<int, int> Bad) Explore()
    {
        ulong[] initial = Values([.. _states.Select(_ => 0UL)], 0);
        ulong[] first = [.. _states.Select(s => initial[_init[s]])];
        var seen = new HashSet<string> { Key(first) };
        List<ulong[]> level = [first];
        var bad = new Dictionary<int, int>();
        for (int steps = 0; level.Count > 0; steps++)
        {
            var next = new List<ulong[]>();
            foreach (ulong[] state in level)
            {
                for (ulong choice = 0; choice < 1UL << Width(_input); choice++)
                {
                    ulong[] values = Values(state, choice);
                    foreach (var (place, _) in _bad.Index().Where(b => values[b.Item] == 1))
                    {
                        bad.TryAdd(place, steps);
                    }

                    ulong[] after = [.. _states.Select(s => values[_next[s]])];
                    if (seen.Add(Key(after)))
                    {
                        next.Add(after);
                    }
                }
            }

            level = next;
        }

        return (seen.Count, bad);
    }

    private static string Key(ulong[] state) => string.Join(',', state);

    /// <summary>The value of each node, by its number.</summary>
    private ulong[] Values(ulong[] state, ulong choice)
    {
        ulong[] values = new ulong[_lines.Keys.Max() + 1];
        foreach (var (place, number) in _states.Index())
        {
            values[number] = state[place];
        }

        values[_input] = choice;
        foreach (int number in _order)
        {
            string[] words = _lines[number];
            int width = Width(number);
            ulong Value(int place) => values[Number(words[place])];
            ulong mask = width == 64 ? ulong.MaxValue : (1UL << width) - 1;
            values[number] = mask & words[1] switch
            {
                "const" => words[3].Length == width ? Convert.ToUInt64(words[3], 2) : throw new FormatException(words[0]),
                "not" => ~Value(3),
                "and" => Value(3) & Value(4),
                "or" => Value(3) | Value(4),
                "eq" => Same(words) && Value(3) == Value(4) ? 1UL : 0,
                "neq" => Same(words) && Value(3) != Value(4) ? 1UL : 0,
                "slt" => Same(words) && Signed(Value(3), Width(Number(words[3]))) < Signed(Value(4), Width(Number(words[4]))) ? 1UL : 0,
                "add" => unchecked(Value(3) + Value(4)),
                "sub" => unchecked(Value(3) - Value(4)),
                "ite" => Width(Number(words[3])) == 1 && Value(3) == 1 ? Value(4) : Value(5),
                "uext" => Width(Number(words[3])) + Number(words[4]) == width ? Value(3) : throw new FormatException(words[0]),
                "slice" => Number(words[4]) - Number(words[5]) + 1 == width
                    ? Value(3) >> Number(words[5])
                    : throw new FormatException(words[0]),
                _ => throw new FormatException(string.Join(' ', words)),
            };
        }

        return values;
    }

    private bool Same(string[] words) =>
        Width(Number(words[3])) == Width(Number(words[4])) ? true : throw new FormatException(string.Join(' ', words));

    private static long Signed(ulong value, int width) => unchecked((long)(value << (64 - width))) >> (64 - width);

    private int Width(int number) => Number(_lines[Number(_lines[number][2])][3]);

    private static int Number(string word) => int.Parse(word, CultureInfo.InvariantCulture);
}
