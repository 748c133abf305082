using System.Text;

namespace MerchantPortal.Sandbox.Faults;

enum SignatureMode
{
    Right,

    /// <summary>A signature of the right form, over another text.</summary>
    Wrong,

    Missing,
}

/// <summary>How a provider is to bend the content of an answer; the plain shape bends nothing.</summary>
sealed record AnswerShape
{
    public static readonly AnswerShape Plain = new();

    /// <summary>What GBK clients of old send; .NET reads and writes it as its superset.</summary>
    public static readonly Encoding Gbk = CodePagesEncodingProvider.Instance.GetEncoding("GB18030")!;

    /// <summary>Text outside ASCII, so that a wrong charset shows even in an answer of digits.</summary>
    public const string ForeignText = "受理成功";

    public SignatureMode Signature { get; init; }
    public bool WrongCharset { get; init; }
    public Encoding Charset => WrongCharset ? Gbk : Encoding.UTF8;
    public bool OtherOrder { get; init; }

    /// <summary>The answer leaves out whatever happened later than this long ago.</summary>
    public TimeSpan? StaleBy { get; init; }

    /// <summary>Refuse with this code and do nothing.</summary>
    public string? Refusal { get; init; }

    public static AnswerShape Of(Fault? fault) => fault?.Kind switch
    {
        FaultKind.WrongSignature => Plain with { Signature = SignatureMode.Wrong },
        FaultKind.NoSignature => Plain with { Signature = SignatureMode.Missing },
        FaultKind.WrongCharset => Plain with { WrongCharset = true },
        FaultKind.OtherOrder => Plain with { OtherOrder = true },
        FaultKind.Stale => Plain with { StaleBy = fault.Delay ?? TimeSpan.MaxValue },
        FaultKind.Refuse => Plain with { Refusal = fault.Code },
        _ => Plain,
    };
}
