using System.Globalization;
using MerchantPortal.Payments.Lifecycles;
using MerchantPortal.Portal.Data;
using MerchantPortal.Portal.Features.Accounts;
using MerchantPortal.Portal.Features.Cards;
using MerchantPortal.Portal.Features.Operations;
using MerchantPortal.Portal.Features.Orders;
using MerchantPortal.Portal.Features.PreAuths;
using MerchantPortal.Portal.Features.Refunds;
using MerchantPortal.Portal.Features.Transfers;
using Microsoft.Extensions.DependencyInjection;

namespace MerchantPortal.Portal.Tests.Simulation;

/// <summary>
/// What one person meant once, kept outside of the portal: the terms of everything later. The one place where the kinds
/// differ on our side of the wire.
/// </summary>
internal sealed record Wish
{
    /// <summary>Its name in traces.</summary>
    public required string Name { get; init; }

    /// <summary>The intention's own number, however often it is submitted.</summary>
    public required Guid CommandId { get; init; }

    public required OperationKind Kind { get; init; }

    /// <summary>Who meant it.</summary>
    public required Guid Requester { get; init; }

    /// <summary>What the request names besides the key: the order, payee or payer.</summary>
    public required string Order { get; init; }

    /// <summary>What the provider knows it by; empty where that is our own number.</summary>
    public string Key { get; init; } = "";

    /// <summary>How much, in minor units.</summary>
    public required long Minor { get; init; }

    /// <summary>How many people have to approve it, and how long it can be recalled then.</summary>
    public (int Needed, TimeSpan CoolingOff) Policy => SimulatedPolicy.For(Kind, Minor);

    /// <summary>Submits it through the feature's own command; the name of the command's answer.</summary>
    public required Func<IServiceProvider, Task<string>> Ask { get; init; }

    /// <summary>Somebody was told that it is asked for.</summary>
    public bool IsConfirmed { get; set; }

    /// <summary>Its row was edited past the portal: it must never be sent.</summary>
    public bool IsTampered { get; set; }

    public static Wish Refund(string name, Guid id, Actor clerk, Order order, long minor, RefundForm form) => new()
    {
        Name = name,
        CommandId = id,
        Kind = OperationKind.Refund,
        Requester = clerk.PersonId!.Value,
        Order = order.MerchantNumber,
        Minor = minor,
        Ask = async portal =>
            Word(await portal.GetRequiredService<RefundCommands>().RequestAsync(clerk, form with
            {
                CommandId = id,
                OrderId = order.Id,
                AmountText = Text(minor),
            })),
    };

    public static Wish Hold(string name, Guid id, Actor clerk, Order order, OperationKind kind, long minor) => new()
    {
        Name = name,
        CommandId = id,
        Kind = kind,
        Requester = clerk.PersonId!.Value,
        Order = order.MerchantNumber,
        Key = order.MerchantNumber,
        Minor = kind == OperationKind.Void ? order.AmountMinor : minor,
        Ask = async portal => Word(await portal.GetRequiredService<PreAuthCommands>().RequestAsync(clerk, new HoldForm
        {
            CommandId = id,
            OrderId = order.Id,
            Kind = kind,
            AmountText = Text(minor),
            SeenState = OrderState.Held,
            SeenAuthorised = order.AmountMinor,
            SeenVersion = 0,
            Reason = kind == OperationKind.Void ? PreAuthReasons.Codes[0] : "",
        })),
    };

    public static Wish Transfer(string name, Guid id, Actor clerk, Account account, string payee, long minor)
    {
        PayeeChecked.Known? seen = null;
        return new()
        {
            Name = name,
            CommandId = id,
            Kind = OperationKind.Transfer,
            Requester = clerk.PersonId!.Value,
            Order = payee,
            Minor = minor,
            Ask = async portal =>
            {
                // Somebody who could not look the payee up asks for nothing.
                seen ??= await portal.GetRequiredService<PayeeCommands>().CheckAsync(clerk, account.Id, payee)
                    as PayeeChecked.Known;
                if (seen is null)
                {
                    return "unchecked";
                }

                return Word(await portal.GetRequiredService<TransferCommands>().RequestAsync(clerk, new TransferForm
                {
                    CommandId = id,
                    CheckId = seen.Id,
                    SeenName = seen.MaskedName,
                    AmountText = Text(minor),
                    Currency = account.CurrencyList[0].Code,
                    Title = "salary",
                    Reason = TransferReasons.Codes[0],
                }));
            },
        };
    }

    public static Wish Unbind(string name, Guid id, Actor clerk, Account account, string payer) => new()
    {
        Name = name,
        CommandId = id,
        Kind = OperationKind.Unbind,
        Requester = clerk.PersonId!.Value,
        Order = payer,
        Key = payer,
        Minor = 0,
        Ask = async portal => Word(await portal.GetRequiredService<CardCommands>().RequestAsync(clerk, new UnbindForm
        {
            CommandId = id,
            AccountId = account.Id,
            PayerId = payer,
            AgreementNumber = payer,
            SeenLastFour = "4242",
            Reason = UnbindReasons.Codes[0],
        })),
    };

    private static string Word(object answer) => answer.GetType().Name;

    private static string Text(long minor) => (minor / 100m).ToString("0.00", CultureInfo.InvariantCulture);
}
