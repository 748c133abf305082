using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.DependencyInjection;

namespace MerchantPortal.Harness.PlantedBugs;

/// <summary>The provider is told that its news was taken in, and only then is it taken in.</summary>
public sealed class AckBeforeCommit : IPlantedBug
{
    public string Name => "ack-before-commit";

    public void Plant(IServiceCollection services) => services.AddSingleton<IStartupFilter, AnswersFirst>();

    private sealed class AnswersFirst : IStartupFilter
    {
        public Action<IApplicationBuilder> Configure(Action<IApplicationBuilder> next) => app =>
        {
            app.Use(async (http, rest) =>
            {
                if (http.Request.Path.StartsWithSegments("/inbound", StringComparison.Ordinal))
                {
                    await AnswerAsync(http);
                }

                await rest(http);
            });
            next(app);
        };

        private static async Task AnswerAsync(HttpContext http)
        {
            var whole = new MemoryStream();
            await http.Request.Body.CopyToAsync(whole);
            whole.Position = 0;
            http.Request.Body = whole;
            await http.Response.WriteAsync("success");
            await http.Response.CompleteAsync();

            // What the endpoint will answer, nobody hears any more.
            http.Features.Set<IHttpResponseFeature>(new HttpResponseFeature());
            http.Features.Set<IHttpResponseBodyFeature>(new StreamResponseBodyFeature(Stream.Null));
        }
    }
}
