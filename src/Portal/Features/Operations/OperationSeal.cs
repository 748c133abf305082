using System.Security.Cryptography;
using MerchantPortal.Portal.Features.Approvals;
using MerchantPortal.Portal.Security;

namespace MerchantPortal.Portal.Features.Operations;

/// <summary>
/// The keyed digest over an operation's terms and approvals. Whoever can edit the database can change an amount or
/// a state, but cannot make this fit; a row that does not fit is never sent.
/// </summary>
public sealed class OperationSeal(KeyVault vault)
{
    public byte[] Compute(Operation operation, IEnumerable<Approval> approvals) =>
        vault.Mac("mp/row-mac/v1", operation.MacInput(approvals));

    public bool Fits(Operation operation, IEnumerable<Approval> approvals) =>
        CryptographicOperations.FixedTimeEquals(operation.RowMac, Compute(operation, approvals));
}
