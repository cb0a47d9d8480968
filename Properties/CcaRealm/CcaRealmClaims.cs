using System.Collections.Immutable;
using Checker.Model.Catalogue;

namespace Checker.Properties.CcaRealm;

/// <summary>The properties of CcaRealm in words.</summary>
internal static class CcaRealmClaims
{
    public static ImmutableArray<Claim> All { get; } =
    [
        new("CcaRealm", "HostReachesNoSecret", "No access of the host reaches a frame with data of a realm, in the frame or in its tags.",
            "Confidential computing is the promise that the host cannot read the guest's data.", "C1, C2"),
        new("CcaRealm", "RealmMemoryIsProtected", "A frame used by the monitor is in the realm world, and the host cannot reach it.",
            "The host would read realm memory, or change the monitor's tables.", "C1, C4, I8"),
        new("CcaRealm", "GptMatchesGranule",
            "Between changes, a frame is the host's in the GPT exactly if it is undelegated for the monitor.",
            "The monitor would use memory of the host, or the host would fault on memory which it has got back.", "C4, V1"),
        new("CcaRealm", "NoRealmLineInHostMemory", "A frame of the host has no cache line of the realm world.",
            "The line would be written back later, over the host's data.", "C2, I8"),
        new("CcaRealm", "NoSilentLoss", "A usable page on which the realm relies contains the realm's data.",
            "Otherwise the host could replace a page, and the realm would continue with unknown contents.", "I1, V4"),
        new("CcaRealm", "TranslationsAreCurrent", "A cached translation of the realm agrees with the translation table.",
            "The realm would read and write a frame which has another user by now.", "I8"),
        new("CcaRealm", "FrameHasOneUse", "No two protected pages have the same frame.",
            "Writes to one page would change the other.", "C4, I2"),
        new("CcaRealm", "DataIsMapped", "A data granule backs a page.", "The host could never take the frame back.", "Q4, V7"),
        new("CcaRealm", "OnlyTheRealmAcceptsRam", "In a running realm, a page becomes RAM only while the realm asks for it.",
            "The realm could not tell its own memory from pages made by the host.", "I1; S20"),

        new("CcaRealm", "FirstUse", "A page can become RAM, get a frame and be used.",
            "Private memory is the purpose of the protocol.", "S20"),
        new("CcaRealm", "InitialImage", "A page of the initial image can be used without a request.",
            "A realm needs some usable pages at its start.", "I7"),
        new("CcaRealm", "RoundTrip", "A frame can be used by a realm, go back to the host, and be used there.",
            "Conversions are the purpose of the protocol.", "S3"),
        new("CcaRealm", "SecondLife", "A destroyed page can be used again, if the realm accepts the loss.",
            "Otherwise destroyed pages would be lost for ever.", "S20"),
        new("CcaRealm", "Shares", "The realm can use memory of the host, and the host can take it away.",
            "Realms need input and output.", "S9"),
        new("CcaRealm", "GivesUp", "The realm can give up a page which it has used.",
            "The realm gives memory back.", "S3"),
        new("CcaRealm", "Tables", "The monitor can use a frame for a table, and free it.",
            "Tables are frames with a life of their own.", "V7"),
        new("CcaRealm", "DestroyedWithFrame", "A destroyed page can have a frame.",
            "Without this state, the page's taint would be untested.", "I1"),
    ];
}
