#!/usr/bin/env bash
# Talks to the Sandbox's BGCPay gateway as the document's curl lines do: curl and md5sum, nothing of ours.
# Usage: bgcpay.sh http://127.0.0.1:5090   Prints one line per interface; any mismatch ends it with status 1.
set -euo pipefail

base=$1
app=20135234674
key=appsecret
payee=BJGv1jeHA8QxZ5jjwY8wc4PQ2GHg4772L8
run=$(date +%s)$$
trade=FC$run
transfer=FT$run
# The gateway's own time, in China.
now=$(TZ=CST-8 date -d "$(curl -sSf "$base/control/clock" | sed 's/.*"now":"//; s/".*//')" '+%Y-%m-%d %H:%M:%S')

fail() { echo "bgcpay.sh: $*" >&2; exit 1; }
md5() { printf '%s' "$1" | md5sum | cut -d' ' -f1; }
# member NAME of an answer that is one line of JSON with text members only.
member() { printf '%s' "$2" | sed -n "s/.*\"$1\":\"\([^\"]*\)\".*/\1/p"; }
# inner WRAPPER of an answer: the letters that its signature covers.
inner() { printf '%s' "$2" | sed "s/^{\"$1\"://; s/,\"sign\":\"[0-9a-f]*\"}\$//"; }

json() { curl -sSf -H 'Content-Type: application/json' "$@"; }
# call METHOD BIZ_CONTENT: prints the answer's inner object once its signature is right.
call() {
    local text sign answer letters wrapper common
    # All parameters by the code of their letters.
    text="app_id=$app&biz_content=$2&charset=UTF-8&format=json&method=$1&sign_type=MD5&timestamp=$now&version=1.0"
    sign=$(md5 "$text$key")
    common="charset=UTF-8&method=$1&format=json&sign=$sign&app_id=$app&version=1.0&sign_type=MD5"
    answer=$(curl -sSf "$base/gateway.do?$common&timestamp=${now/ /%20}" -F "biz_content=$2")
    wrapper=$(printf '%s' "$1" | tr . _)_response
    letters=$(inner "$wrapper" "$answer")
    [ "$(member sign "$answer")" = "$(md5 "$letters$key")" ] || fail "signature of $1: $answer"
    printf '%s' "$letters"
}

json -X PUT "$base/control/bgcpay/apps/$app" -d "{\"md5Key\":\"$key\",\"balances\":{\"USDT\":100000}}" > /dev/null
json -X PUT "$base/control/bgcpay/users/$payee" -d '{"name":"Test","email":"test@gmail.com"}' > /dev/null

answer=$(call bgcpay.user.query '{"email":"test@gmail.com"}')
[ "$(member user_cid "$answer")" = "$payee" ] && [ "$(member display_name "$answer")" = 'te*@gmail.com' ] \
    || fail "user query: $answer"
echo "user query verified"

answer=$(call bgcpay.trade.pay "{
	\"out_trade_no\":\"$trade\",
	\"currency\":\"USDT\",
	\"total_amount\":\"88.88\",
	\"subject\":\"充值 16G\"
}")
[ "$(member code "$answer")" = 10000 ] && [ "$(member out_trade_no "$answer")" = "$trade" ] || fail "pay: $answer"
number=$(member trade_no "$answer")
echo "trade created"

json "$base/control/bgcpay/trades/$trade/status" -d "{\"status\":\"TRADE_SUCCESS\",\"payerCid\":\"$payee\"}" > /dev/null
answer=$(call bgcpay.trade.query "{\"trade_no\":\"$number\",\"query_options\":[\"trade_settle_info\"]}")
[ "$(member trade_status "$answer")" = TRADE_SUCCESS ] && [ "$(member total_amount "$answer")" = 88.88 ] \
    && [ "$(member subject "$answer")" = '充值 16G' ] || fail "trade query: $answer"
echo "trade query verified"

business="{\"out_biz_no\":\"$transfer\",\"currency\":\"USDT\",\"trans_amount\":\"23.00\",\"order_title\":\"201905代發\""
answer=$(call bgcpay.fund.trans.uni.transfer "$business,\"payee_did\":\"$payee\"}")
[ "$(member code "$answer")" = 10000 ] && [ "$(member out_biz_no "$answer")" = "$transfer" ] || fail "transfer: $answer"
order=$(member order_id "$answer")
answer=$(call bgcpay.fund.trans.uni.transfer "$business,\"payee_did\":\"$payee\"}")
[ "$(member sub_code "$answer")" = BIZ_UNIQUE_EXCEPTION ] || fail "transfer again: $answer"
echo "transfer made once"

answer=$(call bgcpay.fund.trans.common.query "{\"out_biz_no\":\"$transfer\"}")
[ "$(member order_id "$answer")" = "$order" ] && [ "$(member trans_amount "$answer")" = 23.00 ] \
    && [ "$(member payee_did "$answer")" = "$payee" ] || fail "transfer query: $answer"
echo "transfer query verified"
