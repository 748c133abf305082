using MerchantPortal.Payments.Amounts;

namespace MerchantPortal.Portal.Features.Batches;

/// <summary>An order that somebody has selected in a list.</summary>
/// <param name="Number">Our number of it.</param>
/// <param name="Rest">What is left of it, as the list showed it.</param>
public sealed record SelectedOrder(string Number, Money Rest);
