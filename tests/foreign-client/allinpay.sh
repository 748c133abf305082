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

# The notification of the same order is the same text.
query="provider=allinpay&merchantId=$merchant&orderNo=$order&orderDatetime=$placed"
answer=$(curl -sSf "$base/control/notification?$query")
[ "$(field payResult "$answer")" = 1 ] || fail "notification: $answer"
printf '%s' "${text%&returnDatetime=*}&returnDatetime=$(field returnDatetime "$answer")" > "$work/notification"
verify "$work/notification" "$(field signMsg "$answer")"
echo "notification verified"

# payData of a card of China: MD5 over the fields, cardNo unsigned beside them.
# text NAME=VALUE...: the source; object: the same as JSON members.
text() { local IFS='&'; printf '%s' "$*"; }
object() { printf '"%s",' "$@" | sed 's/=/":"/g; s/,$//'; }
set -- inputCharset=1 receiveUrl=http://127.0.0.1:9/notify version=v1.0 signType=0 merchantId=$merchant \
    "orderNo=PD$run" orderAmount=1234 orderCurrency=156 "orderDatetime=$placed" productName=笔记本电脑 payType=27
answer=$(json "$base/control/allinpay/sdk/pay" -d "{$(object "$@"),\"cardNo\":\"6222020200001234567\",
    \"signMsg\":\"$(md5 "$(text "$@")&key=$key")\"}")
case $answer in *'"payResult":0,"payAmount":"1234"'*allinpay_pay_success*) ;; *) fail "payData: $answer" ;; esac
answer=$(json "$base/control/allinpay/sdk/pay" -d "{$(object "$@"),\"signMsg\":\"$(md5 "$(text "$@")")\"}")
case $answer in *'"refusal":"ZF10020"'*'"payResult":1'*) ;; *) fail "payData unsigned: $answer" ;; esac
echo "payData taken and refused"

# payData of an international card: ext1 is the digest of the further fields, which go along.
card=(ship_to_country=US ship_to_state=AL ship_to_city=city ship_to_street1=street_1 ship_to_street2=street_2
    ship_to_phonenumber=020-13818349139 ship_to_postalcode=20004 ship_to_firstname=Smith ship_to_lastname=Black
    registration_name=rname registration_email=rname@gmail.com registration_phone=999-13800000000 buyerid_period=200
    fnpay_mode=0 bill_firstname=handon bill_lastname=hao expireddate=2211 cvv2=888 bill_email=haod@gmail.com
    bill_country=US bill_address=billaddress bill_city=billcity bill_state=IL bill_zip=22222)
ext1=$(md5 "$(printf '%s' "${card[@]#*=}")")
[ "$ext1" = B7C37324D6824A6FD029EE365BD0F5A8 ] || fail "ext1: $ext1"
hold() {
    set -- inputCharset=1 receiveUrl=http://127.0.0.1:9/notify version=v1.0 language=3 "signType=$2" \
        "merchantId=$merchant" "orderNo=$1" orderAmount=1000 orderCurrency=036 "orderDatetime=$placed" \
        productName=book "ext1=$ext1" payType=30 issuerId=visa tradeNature=GOODS
    answer=$(json "$base/control/allinpay/sdk/preauthorise" -d "{$(object "$@"),$(object "${card[@]}"),
        \"signMsg\":\"$(md5 "$(text "$@")&key=$key")\"}")
    case $answer in *'"payResult":0'*) ;; *) fail "international payData: $answer" ;; esac
}
hold "PA$run" 0
hold "PB$run" 1
echo "payData of an international card taken"

# Pre-authorisation confirm v1.9 under signType 0: a line, and MD5 of the line, a bar and the key.
set -- version=v1.9 "merchantId=$merchant" orderAmount=1000 confirmAmount=800 currency=036 "orderNo=PA$run" \
    "orderDatetime=$placed" signType=0
curl -sSf "$base/gateway/index.do" -d "$(text "$@")&signMsg=$(md5 "$(text "$@")&key=$key")" > "$work/confirm"
line=$(sed -n 1p "$work/confirm" | tr -d '\r')
case $line in
    "0000|成功|v1.9|0|$merchant|PA$run|$placed|1000|036|"*) ;;
    *) fail "confirm: $line" ;;
esac
[ "$(sed -n 2p "$work/confirm")" = "$(md5 "$line|$key")" ] || fail "confirm signature: $line"
echo "pre-authorisation confirmed"

# Pre-authorisation cancel v1.8 under signType 1: a line, and RSA over its MD5; the second one fails, signed too.
set -- "merchantId=$merchant" version=v1.8 orderAmount=1000 currency=036 "orderNo=PB$run" "orderDatetime=$placed" \
    signType=1
for code in 0000 FC0003_000008; do
    curl -sSf "$base/gateway/index.do" -d "$(text "$@")&signMsg=$(md5 "$(text "$@")&key=$key")" > "$work/cancel"
    line=$(sed -n 1p "$work/cancel" | tr -d '\r')
    case $line in
        "$code|"*"|v1.8|1|$merchant|PB$run|$placed|1000|036|"*) ;;
        *) fail "cancel: $line" ;;
    esac
    md5 "$line" | tr -d '\n' > "$work/cancel.md5"
    verify "$work/cancel.md5" "$(sed -n 2p "$work/cancel")"
done
echo "pre-authorisation cancelled"
