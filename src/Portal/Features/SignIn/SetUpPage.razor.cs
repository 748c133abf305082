using MerchantPortal.Portal.Features.Team;
using MerchantPortal.Portal.Shell;
using Microsoft.AspNetCore.Components;

namespace MerchantPortal.Portal.Features.SignIn;

/// <summary>Sets up the sign-in of the first admin or of somebody who was invited.</summary>
public sealed partial class SetUpPage
{
    private const string Issuer = "Merchant portal";

    // Reasons of the command and of Identity, by the field that can be put right.
    private static readonly Dictionary<string, string> Fields = new()
    {
        ["NameMissing"] = "name",
        ["InvalidUserName"] = "email",
        ["InvalidEmail"] = "email",
        ["DuplicateUserName"] = "email",
        ["DuplicateEmail"] = "email",
        ["PasswordTooShort"] = "password",
        ["PasswordRequiresUniqueChars"] = "password",
        ["UserAlreadyHasPassword"] = "password",
        ["PasswordsDiffer"] = "again",
        ["CodeWrong"] = "code",
    };

    private IReadOnlyList<string> reasons = [];
    private bool usable;
    private string email = "";
    private string seed = "";
    private bool seedIsPosted;

    [SupplyParameterFromQuery(Name = "token")]
    public string? Token { get; set; }

    [SupplyParameterFromForm(FormName = "set-up")]
    public string? Name { get; set; }

    [SupplyParameterFromForm(FormName = "set-up")]
    public string? Email { get; set; }

    [SupplyParameterFromForm(FormName = "set-up")]
    public string? Password { get; set; }

    [SupplyParameterFromForm(FormName = "set-up")]
    public string? Again { get; set; }

    [SupplyParameterFromForm(FormName = "set-up")]
    public string? Code { get; set; }

    [SupplyParameterFromForm(FormName = "set-up")]
    public string? Seed { get; set; }

    private bool IsFirst => email.Length == 0;

    private string Link =>
        $"otpauth://totp/{Uri.EscapeDataString(Issuer)}:{Uri.EscapeDataString(IsFirst ? "admin" : email)}"
        + $"?secret={seed}&issuer={Uri.EscapeDataString(Issuer)}&digits=6&period=30";

    private string InFours => string.Join(' ', seed.Chunk(4).Select(four => new string(four)));

    protected override async Task OnInitializedAsync()
    {
        (usable, email) = await People.LookAtLinkAsync(Token ?? "", Clock.GetUtcNow());
        var posted = Seeds.Open(Seed, Token ?? "");
        seedIsPosted = posted is not null;
        seed = posted ?? SetUpSeeds.New();
    }

    private async Task SubmitAsync()
    {
        if (!seedIsPosted)
        {
            reasons = ["SeedTooOld"];
            return;
        }

        if (Password != Again)
        {
            reasons = ["PasswordsDiffer"];
            return;
        }

        var code = (Code ?? "").Replace(" ", "", StringComparison.Ordinal);
        switch (await People.SetUpAsync(Token ?? "", Name ?? "", (Email ?? "").Trim(), Password ?? "", seed, code))
        {
            case SetUp.Wrong wrong:
                reasons = wrong.Reasons;
                break;
            case SetUp.LinkIsDead:
                usable = false;
                break;
            default:
                Navigation.NavigateTo(PortalUrls.SignIn(note: "set-up"));
                break;
        }
    }

    private string? ErrorOf(string field) => reasons.Where(reason => Fields.GetValueOrDefault(reason) == field)
        .Select(reason => Texts[$"reason.{reason}"].Value).FirstOrDefault();

    private string? Bad(string field) => ErrorOf(field) is null ? null : "true";

    private string DescribedBy(string field) => ErrorOf(field) is null ? $"{field}-hint" : $"{field}-error";
}
