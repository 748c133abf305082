namespace MerchantPortal.Portal.Shell;

/// <summary>What the frame round every page shows: whose portal, who is working in it, in which mode.</summary>
/// <param name="Merchant">The merchant's name.</param>
/// <param name="Person">The signed-in person as the team writes the name: 陈伟 Chen Wei.</param>
public sealed record ShellFrame(string Merchant, string Person)
{
    /// <summary>Second line under the merchant: its other name, the accounts in view.</summary>
    public string? MerchantLine { get; init; }

    /// <summary>The person's role, in words.</summary>
    public string? Role { get; init; }

    /// <summary>The providers are simulated; every page says so.</summary>
    public bool IsRehearsal { get; init; }

    /// <summary>Key of the sentence why nothing is sent at the moment; null while sending is open.</summary>
    public string? Halt { get; init; }

    /// <summary>The place of the person's time zone, as the header names it.</summary>
    public string? ZonePlace { get; init; }

    /// <summary>Alerts the person has not seen.</summary>
    public int NewAlerts { get; init; }

    /// <summary>Where the bell leads.</summary>
    public string AlertsHref { get; init; } = "/alerts";

    /// <summary>The person's own settings.</summary>
    public string? PersonHref { get; init; }

    /// <summary>Where the sign-out form is posted.</summary>
    public string SignOutAction { get; init; } = "/sign-out";

    /// <summary>The choices under the merchant's name; empty shows no menu.</summary>
    public IReadOnlyList<Ui.TabLink> Accounts { get; init; } = [];

    /// <summary>Whether the person holds a right, by its name.</summary>
    public Func<string, bool> May { get; init; } = _ => true;

    /// <summary>Finds orders, refunds and payers for the find box; null offers pages only.</summary>
    public JumpSearch? Find { get; init; }
}
