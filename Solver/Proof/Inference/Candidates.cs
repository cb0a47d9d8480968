using System.Collections.Immutable;
using System.Numerics;

namespace Checker.Solver.Proof.Inference;

/// <summary>
/// The candidates: clauses of the template which hold in all samples. They may be very many, so they are searched on demand and not
/// listed. A clause which holds is a hitting set: every point has one of its literals. The search branches on the literals of a point
/// which is not hit yet.
/// </summary>
internal sealed class Candidates
{
    private readonly Vocabulary _vocabulary;
    private readonly InferOptions _options;
    private readonly HashSet<Clause> _dropped = [];
    private ImmutableArray<CandidateSearch> _searches;
    private int[]? _trusted;

    public Candidates(Vocabulary vocabulary, Samples samples, InferOptions options)
    {
        (_vocabulary, Samples, _options) = (vocabulary, samples, options);
        _searches = NewSearches();
    }

    public Samples Samples { get; }

    /// <summary>
    /// The clauses which hold in the samples but are not proved by the solver for any size. They are no candidates at present. While there
    /// are any, they may exclude states which no candidate excludes.
    /// </summary>
    public IReadOnlyCollection<Clause> Dropped => _dropped;

    public void Drop(Clause clause)
    {
        _trusted ??= Samples.Marks();
        _dropped.Add(clause);
    }

    /// <summary>
    /// Makes candidates of the dropped clauses again, and removes the samples added since they were dropped. These may depend on
    /// the drop.
    /// </summary>
    public void Restore()
    {
        if (_trusted is { } marks)
        {
            Samples.Truncate(marks);
            _searches = NewSearches();
        }

        _trusted = null;
        _dropped.Clear();
    }

    /// <summary>True if the clause holds in all samples.</summary>
    public bool Holds(Clause clause) => !_dropped.Contains(clause) && HoldsSince(clause, new int[_searches.Length]);

    /// <summary>True if the clause holds in the samples added after a mark.</summary>
    public bool HoldsSince(Clause clause, int[] marks)
    {
        for (int i = 0; i < _searches.Length; i++)
        {
            if (Samples.Points[i].Count > marks[i]
                && _vocabulary.Shapes[i].Literals(clause) is { } literals
                && Samples.Points[i].Counterexample(literals, marks[i]) >= 0)
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>The candidates with the fewest literals which the state violates, the plainest first.</summary>
    /// <param name="most">The number at which the search stops.</param>
    public IReadOnlyList<Clause> Excluding(IReadOnlyList<(int Shape, ulong[] Row)> rows, int most)
    {
        for (int size = 1; size <= _options.Literals; size++)
        {
            var found = new HashSet<Clause>();
            foreach (var (shape, row) in rows)
            {
                _options.Cancellation.ThrowIfCancellationRequested();
                int[] allowed = _vocabulary.Shapes[shape].FalseIn(row);
                foreach (int[] literals in _searches[shape].Hitting(allowed, size))
                {
                    var clause = _vocabulary.Shapes[shape].Clause(literals);
                    if (!_dropped.Contains(clause))
                    {
                        found.Add(clause);
                    }

                    if (found.Count >= most)
                    {
                        break;
                    }
                }
            }

            if (found.Count > 0)
            {
                return [.. found.OrderBy(_vocabulary.Weight).ThenBy(c => string.Join(',', c.Literals), StringComparer.Ordinal)];
            }
        }

        return [];
    }

    /// <summary>The candidates without a smaller candidate as a part. They include clauses which no state can violate.</summary>
    public IEnumerable<Clause> All()
    {
        var seen = new HashSet<Clause>();
        foreach (var (shape, search) in _vocabulary.Shapes.Zip(_searches))
        {
            _options.Cancellation.ThrowIfCancellationRequested();
            foreach (int[] literals in search.Hitting(shape.AllLiterals(), _options.Literals)
                .Where(l => l.DistinctBy(a => a / 2).Count() == l.Length && search.IsMinimal(l)))
            {
                if (shape.Clause(literals) is var clause && seen.Add(clause) && !_dropped.Contains(clause))
                {
                    yield return clause;
                }
            }
        }
    }

    /// <summary>True if the state violates the clause.</summary>
    public bool Excludes(Clause clause, IEnumerable<(int Shape, ulong[] Row)> rows) => rows.Any(r =>
        _vocabulary.Shapes[r.Shape].Literals(clause) is { } literals
            && Array.TrueForAll(literals, l => !_vocabulary.Shapes[r.Shape].Holds(l, r.Row)));

    /// <summary>The rows of the state, one for each shape and choice of elements.</summary>
    public static IReadOnlyList<(int Shape, ulong[] Row)> Rows(Observer observer, ReadOnlySpan<ulong> state)
    {
        var rows = new List<(int Shape, ulong[] Row)>();
        observer.Look(state, (shape, row) => rows.Add((shape, row.ToArray())));
        return rows;
    }

    private ImmutableArray<CandidateSearch> NewSearches() =>
        [.. _vocabulary.Shapes.Zip(Samples.Points, (s, p) => new CandidateSearch(s, p, _options.Cancellation))];

    /// <summary>The search for hitting sets of the points of one shape.</summary>
    private sealed class CandidateSearch(Shape shape, Points points, CancellationToken cancellation)
    {
        // Most clauses fail at one of a few points. So points which have refuted a clause come first: they are the core.
        private readonly List<int> _core = [];
        private readonly HashSet<int> _inCore = [];
        private readonly ulong[][] _columns = [.. shape.Bits.Select(_ => new ulong[1])];

        /// <summary>
        /// The sets of at most the given number of literals which hit every point. Each comes once, but not all are minimal.
        /// </summary>
        public IEnumerable<int[]> Hitting(int[] allowed, int size)
        {
            bool[] banned = new bool[shape.Bits.Length * 2];
            return Extend(new int[size], 0);

            IEnumerable<int[]> Extend(int[] chosen, int count)
            {
                cancellation.ThrowIfCancellationRequested();
                int point = Uncovered(chosen.AsSpan(0, count));
                if (point < 0)
                {
                    yield return chosen[..count];
                    yield break;
                }

                if (count == size)
                {
                    yield break;
                }

                var tried = new List<int>();
                foreach (int literal in allowed)
                {
                    if (banned[literal] || !points.Holds(literal, point))
                    {
                        continue;
                    }

                    chosen[count] = literal;
                    if (count + 1 < size)
                    {
                        foreach (int[] found in Extend(chosen, count + 1))
                        {
                            yield return found;
                        }
                    }
                    else if (Uncovered(chosen.AsSpan(0, size)) < 0)
                    {
                        yield return [.. chosen];
                    }

                    // The sets with this literal were already found.
                    banned[literal] = true;
                    tried.Add(literal);
                }

                tried.ForEach(l => banned[l] = false);
            }
        }

        /// <summary>True if no literal can be left out of a set which hits all points.</summary>
        public bool IsMinimal(int[] literals) =>
            Array.TrueForAll(literals, l => Uncovered(Array.FindAll(literals, other => other != l)) >= 0);

        /// <summary>A point at which none of the literals holds; -1 if there is none.</summary>
        private int Uncovered(ReadOnlySpan<int> literals)
        {
            int words = (_core.Count + 63) / 64;
            for (int word = 0; word < words; word++)
            {
                ulong none = word == words - 1 && (_core.Count & 63) != 0 ? (1UL << (_core.Count & 63)) - 1 : ulong.MaxValue;
                foreach (int literal in literals)
                {
                    ulong column = _columns[literal / 2][word];
                    none &= (literal & 1) == 0 ? ~column : column;
                }

                if (none != 0)
                {
                    return _core[(word * 64) + BitOperations.TrailingZeroCount(none)];
                }
            }

            int point = points.Counterexample(literals);
            if (point >= 0 && _inCore.Add(point))
            {
                Remember(point);
            }

            return point;
        }

        private void Remember(int point)
        {
            int word = _core.Count / 64;
            for (int atom = 0; atom < _columns.Length; atom++)
            {
                if (word == _columns[atom].Length)
                {
                    Array.Resize(ref _columns[atom], word * 2);
                }

                _columns[atom][word] |= points.Holds(atom * 2, point) ? 1UL << (_core.Count & 63) : 0;
            }

            _core.Add(point);
        }
    }
}
