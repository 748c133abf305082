using MerchantPortal.Payments.Providers;
using MerchantPortal.Payments.Signatures;

namespace MerchantPortal.Portal.Features.Signatures;

/// <summary>What one interface of one provider leaves to choose, asked of the rules themselves.</summary>
/// <param name="Provider">The provider.</param>
/// <param name="Interface">One of its interfaces.</param>
/// <param name="Kinds">What its texts may be signed with, MD5 first; None for a digest.</param>
/// <param name="HasChoices">The account decides where the key goes and the case of the digits.</param>
public sealed record BenchRules(
    IPaymentProvider Provider, string Interface, IReadOnlyList<SignatureKeyKind> Kinds, bool HasChoices)
{
    /// <summary>A message that every interface can read: one member, or one line.</summary>
    private const string Probe = """{"probe":"1"}""";

    private static readonly SignatureKeyKind[] AllKinds =
        [SignatureKeyKind.SharedSecret, SignatureKeyKind.Rsa, SignatureKeyKind.None];

    /// <summary>The rules that an address names; what it does not name is the first there is.</summary>
    public static BenchRules Find(ProviderCatalog catalog, string? provider, string? @interface)
    {
        var found = catalog.All.FirstOrDefault(one => one.Descriptor.Key == provider) ?? catalog.All[0];
        var names = found.Signing.Interfaces;
        var name = names.Contains(@interface ?? "", StringComparer.Ordinal) ? @interface! : names[0];
        var plain = AllKinds.Select(kind => Algorithm(found, name, kind, new())).OfType<SignatureAlgorithm>().ToList();
        var changed = AllKinds.Select(kind => Algorithm(found, name, kind, new(AmpKey: true, UpperHex: true)))
            .OfType<SignatureAlgorithm>();
        return new(
            found, name, [.. plain.Select(algorithm => algorithm.KeyKind)], !plain.SequenceEqual(changed));
    }

    /// <summary>The algorithm with a kind of key; null where that kind does not sign this interface.</summary>
    private static SignatureAlgorithm? Algorithm(
        IPaymentProvider provider, string @interface, SignatureKeyKind kind, SigningChoices choices) =>
        provider.Signing.Read(@interface, Probe, kind, choices) is TextReading.Readable readable
            && readable.Texts.ToSign.Algorithm.KeyKind == kind
            ? readable.Texts.ToSign.Algorithm
            : null;
}
