using System.Globalization;
using MerchantPortal.Payments.Amounts;
using MerchantPortal.Portal.Features.Operations;
using MerchantPortal.Portal.Features.Refunds;
using MerchantPortal.Portal.Features.Transfers;
using MerchantPortal.Portal.Ui;
using Microsoft.Extensions.Localization;

namespace MerchantPortal.Portal.Features.Batches;

/// <summary>The sentences of batches.</summary>
public sealed class BatchWords(
    IStringLocalizer<BatchTexts> texts, RefundWords refunds, TransferWords transfers, OperationWords words)
{
    /// <summary>A text by its key.</summary>
    public string this[string key, params object[] parts] => texts[key, parts];

    public RefundWords Refunds => refunds;

    public TransferWords Transfers => transfers;

    /// <summary>A text by its key, in the words of a kind where it has some of its own.</summary>
    public string Of(OperationKind kind, string key, params object[] parts) =>
        kind != OperationKind.Refund && texts[$"{key}.{kind}", parts] is { ResourceNotFound: false } own
            ? own
            : texts[key, parts];

    /// <summary>Amounts, times and names inside sentences.</summary>
    public OperationWords In => words;

    /// <summary>Why a file or a row is not taken, and what would help.</summary>
    public string Problem(FileProblem problem) => problem.Reason switch
    {
        nameof(RefundRequested.NotRefundable) =>
            texts["problem.NotRefundable", refunds[$"order.{problem.Value}"]],
        nameof(TransferRequested.OutsideDocument) =>
            texts["problem.OutsideDocument", transfers[$"part.{problem.Value}"]],
        _ => texts[$"problem.{problem.Reason}", problem.Value],
    };

    /// <summary>Sums as one sentence part: "CNY 12.00 and JPY 500".</summary>
    public static string Sums(IReadOnlyList<Money> sums) => string.Join(" · ", sums.Select(OperationWords.Money));

    public static string Number(int count) => count.ToString("#,0", CultureInfo.InvariantCulture);

    /// <summary>A text about a number of things; it has a form of its own for one.</summary>
    public string Many(string key, int count, string more = "") =>
        texts[count == 1 ? $"{key}.one" : key, Number(count), more];

    /// <summary>The same in the words of a kind.</summary>
    public string Many(OperationKind kind, string key, int count, string more = "") =>
        Of(kind, count == 1 ? $"{key}.one" : key, Number(count), more);

    /// <summary>Lines as a list that stays short: "2, 5, 9 and 14 more".</summary>
    public string Lines(IReadOnlyList<int> lines)
    {
        const int most = 6;
        var shown = string.Join(", ", lines.Take(most));
        return lines.Count <= most ? shown : texts["lines.more", shown, lines.Count - most];
    }

    /// <summary>Colour and icon group of rows that stand alike.</summary>
    public static Meaning? Meaning(BatchGroup group) => group switch
    {
        BatchGroup.Waiting => Ui.Meaning.Wait,
        BatchGroup.OnTheWay => Ui.Meaning.Run,
        BatchGroup.Unknown => Ui.Meaning.Unknown,
        BatchGroup.Done => Ui.Meaning.Done,
        BatchGroup.Failed => Ui.Meaning.Fail,
        _ => null,
    };
}
