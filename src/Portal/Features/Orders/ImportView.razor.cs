using System.Globalization;
using MerchantPortal.Portal.Features.SignIn;
using MerchantPortal.Portal.Security;
using MerchantPortal.Portal.Shell;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Forms;
using Microsoft.Extensions.Localization;

namespace MerchantPortal.Portal.Features.Orders;

/// <summary>The import page. What an import did has a page of its own, which this one leads to.</summary>
public sealed partial class ImportView
{
    private OrderChoices? choices;
    private IReadOnlyList<ImportRow>? runs;
    private Guid accountId;
    private IBrowserFile? file;
    private string? wrongFile;
    private Imported? problem;
    private bool working;

    [Inject] private OrderImport Import { get; set; } = null!;
    [Inject] private OrderQueries Orders { get; set; } = null!;
    [Inject] private ImportQueries Imports { get; set; } = null!;
    [Inject] private CurrentActor Current { get; set; } = null!;
    [Inject] private NavigationManager Navigation { get; set; } = null!;
    [Inject] private IStringLocalizer<OrdersTexts> Texts { get; set; } = null!;

    private string ZoneHint => Texts["import.account.hint"];

    private string Act => working ? Texts["import.reading"]
        : file is null ? Texts["import.act"]
        : Texts["import.act.file", file.Name];

    protected override async Task OnInitializedAsync()
    {
        var actor = await Current.GetAsync();
        choices = await Orders.ChoicesAsync(actor, Permission.OrdersImport);
        accountId = choices.Accounts.Count == 1 ? choices.Accounts[0].Id : Guid.Empty;
        runs = await Imports.ListAsync(actor);
    }

    private static string Count(int count) => count.ToString("#,0", CultureInfo.InvariantCulture);

    private static string Size(long bytes) =>
        string.Create(CultureInfo.InvariantCulture, $"{(bytes + 1023) / 1024:#,0} KB");

    private void Take(InputFileChangeEventArgs chosen)
    {
        problem = null;
        file = chosen.File;
        wrongFile = file.Size > OrderImport.MaxBytes ? Texts["import.too-large", Size(OrderImport.MaxBytes)].Value
            : !file.Name.EndsWith(".csv", StringComparison.OrdinalIgnoreCase) ? Texts["import.not-csv"].Value
            : null;
        file = wrongFile is null ? file : null;
    }

    private async Task ImportAsync()
    {
        if (file is not { } chosen || working)
        {
            return;
        }

        (working, problem) = (true, null);
        try
        {
            using var bytes = new MemoryStream();
            await using (var content = chosen.OpenReadStream(OrderImport.MaxBytes))
            {
                await content.CopyToAsync(bytes);
            }

            var imported = await Import.ImportAsync(await Current.GetAsync(), accountId, chosen.Name, bytes.ToArray());
            if (imported is Imported.Done done)
            {
                Navigation.NavigateTo(PortalUrls.ImportRun(done.RunId));
            }

            problem = imported;
        }
        catch (IOException)
        {
            // The browser lost the file or the line broke; nothing had been read in yet.
            wrongFile = Texts["import.lost"];
            file = null;
        }
        finally
        {
            working = false;
        }
    }
}
