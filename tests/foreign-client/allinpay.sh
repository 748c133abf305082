#!/usr/bin/env bash
# Talks to the Sandbox's Allinpay gateway as a merchant of 2015 would: curl, md5sum and openssl, nothing of ours.
# Usage: allinpay.sh http://127.0.0.1:5090   Prints one line per interface; any mismatch ends it with status 1.
set -euo pipefail

base=$1
merchant=100020091218001
key=1234567890
run=$(date +%s)$$
order=FC$run
refund=RF$run
# The gateway's own time, in China.
now() { TZ=CST-8 date -d "$(curl -sSf "$base/control/clock" | sed 's/.*"now":"//; s/".*//')" +%Y%m%d%H%M%S; }
placed=$(now)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

fail() { echo "allinpay.sh: $*" >&2; exit 1; }
md5() { printf '%s' "$1" | md5sum | cut -d' ' -f1 | tr a-f A-F; }
# field NAME of a form answer, percent-decoded.
field() {
    value=$(printf '%s' "$2" | tr '&' '\n' | sed -n "s/^$1=//p")
    printf '%b' "$(printf '%s' "$value" | sed 's/+/ /g; s/%/\\x/g')"
}
# verify FILE BASE64: SHA1withRSA under the gateway's certificate.
verify() {
    printf '%s' "$2" | openssl base64 -d -A > "$work/signature"
    openssl dgst -sha1 -verify "$work/public.pem" -signature "$work/signature" "$1" > /dev/null \
        || fail "the certificate does not verify $1"
}

json() { curl -sSf -H 'Content-Type: application/json' "$@"; }
json -X PUT "$base/control/allinpay/merchants/$merchant" -d "{\"md5Key\":\"$key\"}" \
    | sed 's/.*"certificatePem":"//; s/".*//; s/\\n/\n/g' > "$work/certificate.pem"
openssl x509 -in "$work/certificate.pem" -pubkey -noout > "$work/public.pem"
json -X POST "$base/control/allinpay/orders" -d "[{\"merchantId\":\"$merchant\",\"orderNo\":\"$order\",
    \"orderDatetime\":\"$placed\",\"orderAmount\":1000,\"currency\":\"156\",\"signType\":\"1\",\"state\":\"paid\",
    \"ext1\":\"<USER>测试</USER>\"}]" > /dev/null

# Refund v2.3.
source="version=v2.3&signType=1&merchantId=$merchant&orderNo=$order&refundAmount=250&mchtRefundOrderNo=$refund"
source="$source&orderDatetime=$placed"
answer=$(curl -sSf "$base/gateway/index.do" -d "$source&signMsg=$(md5 "$source&key=$key")")
[ "$(field refundResult "$answer")" = 20 ] || fail "refund: $answer"
text="merchantId=$merchant&version=v2.3&signType=1&orderNo=$order&orderAmount=1000&orderDatetime=$placed"
text="$text&refundAmount=250&refundDatetime=$(field refundDatetime "$answer")&refundResult=20"
text="$text&mchtRefundOrderNo=$refund&returnDatetime=$(field returnDatetime "$answer")"
[ "$(field signMsg "$answer")" = "$(md5 "$text&key=$key")" ] || fail "refund signature: $answer"
echo "refund accepted"

# Refund query v2.4: the lines, then the RSA signature over the MD5 of the lines.
source="version=v2.4&signType=1&merchantId=$merchant&orderNo=$order&refundAmount=250&mchtRefundOrderNo=$refund"
curl -sSf "$base/mchtoq/refundQuery" -d "$source&signMsg=$(md5 "$source&key=$key")" > "$work/query"
line=$(sed -n 1p "$work/query" | tr -d '\r')
case $line in
    "v2.4|1|$merchant|$order|250|"*"|$refund|TKSUCC000"*) ;;
    *) fail "refund query: $line" ;;
esac
md5 "$line" | tr -d '\n' > "$work/query.md5"
verify "$work/query.md5" "$(sed -n 2p "$work/query")"
echo "refund query verified"

# Refund query v2.4 under signType 0: MD5 of the lines, a bar and the key.
source="version=v2.4&signType=0&merchantId=$merchant&orderNo=$order&refundAmount=250"
curl -sSf "$base/mchtoq/refundQuery" -d "$source&signMsg=$(md5 "$source&key=$key")" > "$work/query"
line=$(sed -n 1p "$work/query" | tr -d '\r')
[ "$(sed -n 2p "$work/query")" = "$(md5 "$line|$key")" ] || fail "refund query MD5: $line"
echo "refund query by MD5 verified"

# Batch query v1.6: Base64 of lines, an empty line, and the RSA signature over the MD5 of the lines with their ends.
today=$(printf '%s' "$placed" | cut -c1-8)
source="version=v1.6&merchantId=$merchant&beginDateTime=${today}00&endDateTime=${today}23&pageNo=1&signType=1"
curl -sSf "$base/mchtoq/index.do" -d "$source&signMsg=$(md5 "$source&key=$key")" | openssl base64 -d -A > "$work/batch"
grep -q "|$order|$placed|1000|$placed|1000|<USER>测试</USER>||1" "$work/batch" || fail "batch: $(cat "$work/batch")"
sed '/^\r$/,$d' "$work/batch" > "$work/lines"
md5sum < "$work/lines" | cut -d' ' -f1 | tr a-f A-F | tr -d '\n' > "$work/lines.md5"
verify "$work/lines.md5" "$(tail -n 1 "$work/batch")"
echo "batch query verified"

# Order query v1.5: answered like a notification, RSA over the plain text.
source="merchantId=$merchant&version=v1.5&signType=1&orderNo=$order&orderDatetime=$placed&queryDatetime=$(now)"
answer=$(curl -sSf "$base/gateway/index.do" -d "$source&signMsg=$(md5 "$source&key=$key")")
[ "$(field payResult "$answer")" = 1 ] || fail "order query: $answer"
text="merchantId=$merchant&version=v1.0&signType=1&paymentOrderId=$(field paymentOrderId "$answer")&orderNo=$order"
text="$text&orderDatetime=$placed&orderAmount=1000&payDatetime=$placed&payAmount=1000&ext1=<USER>测试</USER>"
text="$text&payResult=1&returnDatetime=$(field returnDatetime "$answer")"
printf '%s' "$text" > "$work/order"
verify "$work/order" "$(field signMsg "$answer")"
echo "order query verified"
