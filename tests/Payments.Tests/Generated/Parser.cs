using System.Text;
using MerchantPortal.Payments.Providers;

namespace MerchantPortal.Payments.Tests.Generated;

/// <summary>
/// Something that reads bytes from outside: genuine examples of them, and the call that takes any bytes at all. The
/// name is also the beginning of the file that keeps an input which broke it.
/// </summary>
internal sealed record Parser(string Name, IReadOnlyList<byte[]> Samples, Action<byte[]> Take)
{
    public Parser(string name, IEnumerable<string> samples, Action<byte[]> take)
        : this(name, [.. samples.Select(Encoding.UTF8.GetBytes)], take)
    {
    }

    /// <summary>The texts that bytes may become: a lenient reading, byte by byte, and with half surrogates.</summary>
    public static IEnumerable<string> Texts(byte[] input)
    {
        var lenient = Encoding.UTF8.GetString(input);
        yield return lenient;
        if (lenient.Contains('\uFFFD', StringComparison.Ordinal))
        {
            yield return Encoding.Latin1.GetString(input);
            yield return lenient.Replace('\uFFFD', '\uD800');
        }
    }

    /// <summary>Waits for a call that nothing delays: the gateway of a bench answers at once.</summary>
    public static void Finish(Task call) => call.GetAwaiter().GetResult();
}

/// <summary>Parsers that share benches; one thread goes through them.</summary>
internal abstract class ParserGroup : IDisposable
{
    private readonly List<IDisposable> owned = [];

    public abstract IReadOnlyList<Parser> Parsers { get; }

    /// <summary>How many inputs each parser takes beside the others; RSA takes a small share.</summary>
    public virtual int Share => 6;

    /// <summary>All groups, made anew.</summary>
    public static IReadOnlyList<ParserGroup> All() =>
    [
        new LianLianMobileParsers(SignatureMode.Rsa), new SigningParsers(), new AllinpayParsers(SignatureMode.Rsa),
        new LianLianGlobalParsers(), new KeyParsers(), new LianLianMobileParsers(SignatureMode.Md5),
        new AllinpayParsers(SignatureMode.Md5), new BgcPayParsers(), new TextParsers(), new StatementParsers(),
    ];

    public void Dispose()
    {
        foreach (var one in owned)
        {
            one.Dispose();
        }
    }

    protected T Own<T>(T one)
        where T : IDisposable
    {
        owned.Add(one);
        return one;
    }
}
