using System.Globalization;
using System.Reflection;
using System.Text.RegularExpressions;
using Checker.Model.Check;
using Checker.Model.Language;
using Checker.Tests.Architecture;

namespace Checker.Tests.Language;

/// <summary>
/// The diagnostics of wrong models: exactly those predicted by the comments in WrongModels.cs and WrongTerms.cs, at the predicted
/// places.
/// </summary>
public sealed partial class DiagnosticTests
{
    private static readonly string[] s_files = ["Tests/Language/WrongModels.cs", "Tests/Language/WrongTerms.cs"];

    private static readonly ILookup<string, string> s_foretold = s_files.SelectMany(Foretold).ToLookup(f => f.Model, f => f.Text);

    public static TheoryData<string> WrongModels => [.. Models().Select(m => m.Name)];

    [Theory, MemberData(nameof(WrongModels))]
    public void Every_mistake_of_a_wrong_model_is_reported_in_one_pass(string model)
    {
        var refused = Refuse(model);

        Assert.Equal(
            s_foretold[model].Order(StringComparer.Ordinal),
            refused.Diagnostics.Select(d => d.ToString()).Order(StringComparer.Ordinal));
    }

    [Theory, MemberData(nameof(WrongModels))]
    public void Mistakes_come_in_the_order_of_the_source(string model)
    {
        var lines = Refuse(model).Diagnostics.Select(d => d.Source.Line).ToList();

        Assert.Equal(lines.Order(), lines);
    }

    [Fact]
    public void The_message_is_one_line_a_mistake()
    {
        var refused = Refuse(nameof(Wrong.HasManyMistakes));

        Assert.Equal(string.Join(Environment.NewLine, refused.Diagnostics), refused.Message);
        Assert.Equal(7, refused.Message.Split(Environment.NewLine).Length);
    }

    [Fact]
    public void A_model_without_anything_is_named() =>
        Assert.Equal(
            "Nothing: error M115: Nothing has no variables and no actions",
            Assert.Throws<ModelException>(new Nothing().Build).Message);

    [Fact]
    public void A_mistake_of_one_model_is_not_another_models()
    {
        Refuse(nameof(Wrong.UsesTermsThatAreNone));
        Assert.NotEmpty(new Right().Build().Actions);
    }

    [Fact]
    public void Every_code_has_a_wrong_model()
    {
        var codes = typeof(Code).GetFields(BindingFlags.Public | BindingFlags.Static).Select(f => (string)f.GetRawConstantValue()!);

        Assert.Equal(
            codes.Order(StringComparer.Ordinal),
            s_foretold.SelectMany(f => f).Select(d => CodeOf().Match(d).Value).Distinct().Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Every_foretold_model_is_built() =>
        Assert.Equal(Models().Select(m => m.Name).Order(), s_foretold.Select(f => f.Key).Order());

    private static IEnumerable<Type> Models() => typeof(Wrong.HasManyMistakes).Assembly.GetTypes()
        .Where(t => t.Namespace == typeof(Wrong.HasManyMistakes).Namespace && t.IsSubclassOf(typeof(Spec)) && !t.IsAbstract);

    private static ModelException Refuse(string model)
    {
        var type = Models().Single(m => m.Name == model);
        var spec = (Spec)Activator.CreateInstance(
            type,
            BindingFlags.OptionalParamBinding | BindingFlags.CreateInstance | BindingFlags.Public | BindingFlags.Instance,
            null,
            [],
            CultureInfo.InvariantCulture)!;
        return Assert.Throws<ModelException>(spec.Build);
    }

    private sealed class Nothing : Spec;

    private sealed class Right : Spec
    {
        private readonly Var<bool> _flag = new();

        public Right() => Action("Set", () => _flag.Value = true);
    }

    /// <summary>The diagnostics in the comments, by model.</summary>
    private static List<(string Model, string Text)> Foretold(string file)
    {
        string[] lines = Repository.Read(file).Split('\n');
        var found = new List<(string Model, string Text)>();
        var waiting = new List<string>();
        string model = "";
        for (int i = 0; i < lines.Length; i++)
        {
            if (ModelDeclaration().Match(lines[i]) is { Success: true } declaration)
            {
                model = declaration.Groups[1].Value;
            }

            if (Comment().Match(lines[i]) is { Success: true } comment)
            {
                waiting.Add(comment.Groups[1].Value);
            }
            else
            {
                int line = i + 1;
                found.AddRange(waiting.Select(w =>
                    (model, $"{file}:{line}: {Place().Replace(w, p => $"{file}:{line + int.Parse(p.Groups[1].Value)}")}")));
                waiting.Clear();
            }
        }

        return found;
    }

    [GeneratedRegex(@"sealed class (\w+) : (?:Spec|HasAVariable)")]
    private static partial Regex ModelDeclaration();

    [GeneratedRegex(@"^ *// (error M\d+: .*)$")]
    private static partial Regex Comment();

    [GeneratedRegex(@"@(-?\d+)")]
    private static partial Regex Place();

    [GeneratedRegex(@"M\d+")]
    private static partial Regex CodeOf();
}
