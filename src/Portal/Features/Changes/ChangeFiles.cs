using MerchantPortal.Portal.Features.SignIn;

namespace MerchantPortal.Portal.Features.Changes;

/// <summary>
/// Hands out the document of a change to who may see the change. It is always a download of unknown kind, so that no
/// browser ever runs what somebody uploaded.
/// </summary>
internal static class ChangeFiles
{
    public static void Map(IEndpointRouteBuilder routes) => routes.MapGet(
        "/changes/{number}/document", async (HttpContext http, string number, ChangeQueries changes) =>
            await changes.FileAsync(CurrentActor.From(http.User), number) is { } file
                ? Results.File(file.Content, "application/octet-stream", file.Name)
                : Results.NotFound());
}
