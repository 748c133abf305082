#!/usr/bin/env bash
# Talks to the Sandbox's LianLian Global gateway as a shop would: curl and openssl, nothing of ours.
# Usage: lianlian-global.sh http://127.0.0.1:5090   Prints one line per interface; any mismatch ends it with status 1.
set -euo pipefail

base=$1
merchant=FC202611210001
gateway=$base/v4/merchants/$merchant
run=$(date +%s)$$
payment=FCP$run
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

fail() { echo "lianlian-global.sh: $*" >&2; exit 1; }
# The gateway's own time, in Hong Kong.
clock() { curl -sSf "$base/control/clock" | sed 's/.*"now":"//; s/".*//'; }
now() { TZ=CST-8 date -d "$(clock)" +%Y%m%d%H%M%S; }
sign() { printf '%s' "$1" | openssl dgst -sha1 -sign "$work/merchant.pem" | openssl base64 -A; }
# part NAME FILE: a member that has a text or a number.
part() { sed -n "s/.*\"$1\":\"\{0,1\}\([^\",}]*\).*/\1/p" "$2"; }
# call TEXT CURL-OPTIONS...: signs the text, leaves headers and body in the folder and prints the status.
call() {
    text=$1
    shift
    curl -sS -D "$work/headers" -o "$work/body" -w '%{http_code}' -H "signature: $(sign "$text")" \
        -H "timestamp: $(now)" -H 'timezone: Asia/Hong_Kong' -H 'sign-type: RSA' "$@"
}
# verify TEXT FILE-OF-HEADERS: SHA1withRSA under the gateway's key.
verify() {
    sed -n 's/^[Ss]ignature: *//p' "$2" | tr -d '\r\n' | openssl base64 -d -A > "$work/signature"
    printf '%s' "$1" > "$work/text"
    openssl dgst -sha1 -verify "$work/gateway.pem" -signature "$work/signature" "$work/text" > /dev/null \
        || fail "the key does not verify: $1"
}
# The text of an answer: the members of order first, then the others, all in order of their names.
facts() {
    text="ll_transaction_id=$(part ll_transaction_id "$work/body")&merchant_id=$merchant"
    text="$text&merchant_transaction_id=$payment&payment_time=$(part payment_time "$work/body")"
    text="$text&settlement_amount=1.25&settlement_currency=USD&transaction_amount=10.00&transaction_currency=HKD"
    printf '%s' "$text&transaction_status=$1&return_code=SUCCESS&return_msg=Success&trace_id=$(part trace_id "$work/body")"
}
refund_facts() {
    text="ll_transaction_id=$(part ll_transaction_id "$work/body")&merchant_transaction_id=FCR$run"
    text="$text&original_transaction_id=$payment&reason=尺寸不合&refund_amount=2.50&refund_currency_code=HKD"
    text="$text&refund_status=PA&refund_time=$(part refund_time "$work/body")"
    printf '%s' "$text&return_code=SUCCESS&return_msg=Success&trace_id=$(part trace_id "$work/body")"
}
json() { curl -sSf -H 'Content-Type: application/json' "$@"; }

openssl genrsa -out "$work/merchant.pem" 2048 2> /dev/null
public=$(openssl rsa -in "$work/merchant.pem" -pubout -outform DER 2> /dev/null | openssl base64 -A)
key=$(json -X PUT "$base/control/lianlian-global/merchants/$merchant" -d "{\"publicKey\":\"$public\"}" \
    | sed 's/.*"publicKey":"//; s/".*//')
printf -- '-----BEGIN PUBLIC KEY-----\n%s\n-----END PUBLIC KEY-----\n' "$(printf '%s' "$key" | fold -w 64)" \
    > "$work/gateway.pem"

# Create payment: the members sorted on each level, nested ones at their parent's place.
time=$(date -d "$(clock)" +%s)000
body="{\"payment_processor\":\"alipayhk\",\"payment_method\":\"applet\",\"merchant_transaction_id\":\"$payment\",
 \"merchant_id\":\"$merchant\",\"customer\":{\"openid\":\"o1\",\"full_name\":\"陳大文\"},\"order_description\":\"茶\",
 \"products\":[{\"product_id\":\"1\",\"name\":\"茶\",\"cost_price\":\"10.00\",\"price\":\"10.00\",\"quantity\":1}],
 \"transaction_amount\":\"10.00\",\"transaction_currency\":\"HKD\",\"transaction_time\":$time,\"country\":\"HK\"}"
text="country=HK&full_name=陳大文&openid=o1&merchant_id=$merchant&merchant_transaction_id=$payment"
text="$text&order_description=茶&payment_method=applet&payment_processor=alipayhk&cost_price=10.00&name=茶"
text="$text&price=10.00&product_id=1&quantity=1&transaction_amount=10.00&transaction_currency=HKD"
status=$(call "$text&transaction_time=$time" "$gateway/payments" -H 'Content-Type: application/json' -d "$body")
[ "$status" = 200 ] || fail "create: $status $(cat "$work/body")"
params=$(sed 's/.*"payment_params":"\(.*}\)","transaction_currency.*/\1/; s/\\"/"/g' "$work/body")
text="ll_transaction_id=$(part ll_transaction_id "$work/body")&merchant_transaction_id=$payment&payment_params=$params"
text="$text&transaction_amount=10.00&transaction_currency=HKD&return_code=SUCCESS&return_msg=Success"
verify "$text&trace_id=$(part trace_id "$work/body")" "$work/headers"
echo "payment created"

# Query, once the payer has paid.
json -X POST "$base/control/lianlian-global/payments/$payment/state?merchantId=$merchant" -d '{"state":"PS"}'
ids="merchant_id=$merchant&merchant_transaction_id=$payment"
status=$(call "$ids" "$gateway/payments/$payment")
[ "$status" = 200 ] || fail "query: $status $(cat "$work/body")"
verify "$(facts PS)" "$work/headers"
echo "payment query verified"

# Refund of a part.
refund_time=$(now)
body="{\"merchant_transaction_id\":\"FCR$run\",\"merchant_id\":\"$merchant\",\"merchant_refund_time\":\"$refund_time\",
 \"original_transaction_id\":\"$payment\",
 \"refund_data\":{\"refund_currency_code\":\"HKD\",\"refund_amount\":\"2.50\",\"reason\":\"尺寸不合\"}}"
text="merchant_id=$merchant&merchant_refund_time=$refund_time&merchant_transaction_id=FCR$run"
text="$text&original_transaction_id=$payment&reason=尺寸不合&refund_amount=2.50&refund_currency_code=HKD"
status=$(call "$text" "$gateway/payments/$payment/refunds" -H 'Content-Type: application/json' -d "$body")
[ "$status" = 200 ] || fail "refund: $status $(cat "$work/body")"
verify "$(refund_facts)" "$work/headers"
echo "refund accepted"

# Refund query.
status=$(call "merchant_id=$merchant&merchant_transaction_id=FCR$run" "$gateway/refunds/FCR$run")
[ "$status" = 200 ] || fail "refund query: $status $(cat "$work/body")"
verify "$(refund_facts)" "$work/headers"
echo "refund query verified"

# A paid payment cannot be called off; the refusal is signed too.
status=$(call "$ids" "$gateway/payments/$payment/cancelpay")
[ "$status" = 409 ] || fail "cancel: $status $(cat "$work/body")"
verify "return_code=PAYMENT_COMPLETED&return_msg=Order $payment is paid&trace_id=$(part trace_id "$work/body")" \
    "$work/headers"
echo "cancellation refused"

# A signature over something else is turned away.
status=$(call "$ids&x=1" "$gateway/payments/$payment")
[ "$status" = 401 ] || fail "wrong signature: $status $(cat "$work/body")"
[ "$(part return_code "$work/body")" = INVALID_SIGNATURE ] || fail "wrong signature: $(cat "$work/body")"
echo "wrong signature refused"
