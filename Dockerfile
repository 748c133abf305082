# The same output as `dotnet publish src/Portal -c Release`, on a system with its own SQLite.
# Browser script: the one of the 9.0.22 runtime package, as everywhere (src/Portal/BrowserScript.targets). With a feed
# that has Microsoft.AspNetCore.App.Internal.Assets, publish with -p:BrowserScriptFromRuntimePackage=false and renew the
# lock files to use the SDK's own.
FROM mcr.microsoft.com/dotnet/sdk:10.0 AS build
WORKDIR /source
COPY . .
RUN dotnet restore src/Portal --locked-mode \
 && dotnet publish src/Portal -c Release --no-restore -o /output

FROM mcr.microsoft.com/dotnet/aspnet:10.0
RUN apt-get update \
 && apt-get install -y --no-install-recommends libsqlite3-0 \
 && rm -rf /var/lib/apt/lists/* \
 && install -d -o $APP_UID -m 0700 /data
COPY --from=build /output /portal
ENV DOTNET_EnableDiagnostics=0
USER $APP_UID
WORKDIR /data
VOLUME /data
EXPOSE 8080
ENTRYPOINT ["dotnet", "/portal/MerchantPortal.Portal.dll"]
# Plain http, for a container that only its own proxy reaches. For https of its own: --urls https://0.0.0.0:8443 and
# ASPNETCORE_Kestrel__Certificates__Default__Path.
CMD ["serve", "--data", "/data", "--urls", "http://0.0.0.0:8080"]
