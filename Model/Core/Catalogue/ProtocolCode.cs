namespace Checker.Model.Catalogue;

/// <summary>The possible mistakes in a catalogue. Each code has one meaning.</summary>
public static class ProtocolCode
{
    /// <summary>A protocol has no designs.</summary>
    public const string NoDesign = "P101";

    /// <summary>A sort of the model has no size, or bounds are not one number for each sort.</summary>
    public const string NoSize = "P102";

    /// <summary>A claim, mutant, survivor or lemma names something that does not exist.</summary>
    public const string NoSuchName = "P103";

    /// <summary>A claim is made of a design without the property, or not made of a design with it.</summary>
    public const string WrongDesigns = "P104";

    /// <summary>A label is declared, and no action or property of any design uses it.</summary>
    public const string UnusedLabel = "P105";

    /// <summary>A design has no Reachable, Scenario or Terminal. A model in which nothing happens would pass.</summary>
    public const string NothingPossible = "P106";

    /// <summary>A claim needs larger bounds than the default ones, so it is never checked.</summary>
    public const string TooLargeNeeds = "P107";
}
