using MerchantPortal.Sandbox.Faults;

namespace MerchantPortal.Sandbox.BgcPay;

/// <summary>bgcpay.user.query: the user of a CID, which goes first, or of an e-mail address.</summary>
sealed class BgcPayUserQuery(BgcPayLedger ledger)
{
    public BgcPayInterface Describe() =>
        new("user-query", "bgcpay.user.query", "user_cid", BgcPayErrors.AcqSystem, Answer);

    BgcPayAnswer Answer(BgcPayCall call, AnswerShape shape)
    {
        var (cid, email) = (call["user_cid"], call["email"]);
        if (cid.Length > 64 || email.Length > 64 || cid.Length + email.Length == 0)
            return BgcPayErrors.Answer(BgcPayErrors.AcqInvalid);
        var user = cid.Length > 0 ? ledger.User(cid) : ledger.UserOfEmail(email);
        if (user is null || shape.StaleBy is not null) return BgcPayErrors.Answer(BgcPayErrors.UserNotExist);
        return BgcPayErrors.Success(
            ("user_cid", shape.OtherOrder ? user.UserCid + "9" : user.UserCid), ("display_name", user.DisplayName));
    }
}
