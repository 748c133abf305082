#!/usr/bin/env bash
# Talks to the Sandbox's LianLian mobile gateway as a merchant would: curl, md5sum and openssl, nothing of ours.
# Usage: lianlian-mobile.sh http://127.0.0.1:5090   Walks every interface, first under MD5 and then under RSA, and
# prints one line for each; any mismatch ends it with status 1.
set -euo pipefail
export LC_ALL=C.UTF-8

base=$1
key=201408071000001543test_20140812
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
openssl genrsa -out "$work/private.pem" 1024 2> /dev/null
openssl rsa -in "$work/private.pem" -pubout -out "$work/merchant.pem" 2> /dev/null

fail() { echo "lianlian-mobile.sh: $*" >&2; exit 1; }
# The gateway's own time, in China.
now() { TZ=CST-8 date -d "$(curl -sSf "$base/control/clock" | sed 's/.*"now":"//; s/".*//')" +%Y%m%d%H%M%S; }
json() { curl -sSf -H 'Content-Type: application/json' "$@"; }
# field NAME JSON: a text member's value.
field() { printf '%s' "$2" | sed -n "s/.*\"$1\":\"\([^\"]*\)\".*/\1/p"; }
# source: name=value lines on standard input, sorted, without empty values, joined.
source_of() { grep -v '=$' | LC_ALL=C sort | paste -sd'&' - | tr -d '\n'; }
# sign TEXT
sign() {
    if [ "$mode" = MD5 ]; then printf '%s&key=%s' "$1" "$key" | md5sum | cut -d' ' -f1
    else printf '%s' "$1" | openssl dgst -md5 -sign "$work/private.pem" | openssl base64 -A; fi
}
# request UNSIGNED-NAMES NAME=VALUE...: the JSON of a signed request; oid_partner and sign_type come by themselves.
request() {
    local unsigned=$1 pair text
    shift
    set -- "oid_partner=$partner" "sign_type=$mode" "$@"
    text=$(printf '%s\n' "$@" | grep -vE "^($unsigned)=" | source_of)
    printf '{'
    for pair in "$@"; do printf '"%s":"%s",' "${pair%%=*}" "$(printf '%s' "${pair#*=}" | sed 's/"/\\"/g')"; done
    printf '"sign":"%s"}' "$(sign "$text")"
}
# verify UNSIGNED-NAMES JSON: the answer's signature over all members but sign, agreement_list and the unsigned ones.
verify() {
    local text signature
    text=$(printf '%s' "$2" | sed 's/,"agreement_list":\[[^]]*\]//; s/^{"//; s/"}$//; s/","/\n/g' \
        | sed 's/":"/=/' | grep -vE "^(sign|$1)=" | source_of)
    signature=$(field sign "$2")
    if [ "$mode" = MD5 ]; then
        [ "$signature" = "$(sign "$text")" ] || fail "the MD5 of $text is not $signature"
    else
        printf '%s' "$signature" | openssl base64 -d -A > "$work/signature"
        printf '%s' "$text" | openssl dgst -md5 -verify "$work/gateway.pem" -signature "$work/signature" > /dev/null \
            || fail "the gateway's key does not verify $text"
    fi
}
# call PATH CODE UNSIGNED-NAMES NAME=VALUE...: posts a signed request, wants the code, verifies, leaves it in $answer.
call() {
    local path=$1 code=$2 unsigned=$3
    shift 3
    answer=$(json "$base$path" -d "$(request none "$@")")
    [ "$(field ret_code "$answer")" = "$code" ] || fail "$path: $answer"
    verify "$unsigned" "$answer"
}
is() { [ "$(field "$1" "$answer")" = "$2" ] || fail "$1 is not $2: $answer"; }

walk() {
    mode=$1 partner=$2
    local run order held free refund placed
    run=$(date +%s)$$
    order=FC$run held=FH$run free=FV$run refund=FR$run placed=$(now)
    json -X PUT "$base/control/lianlian-mobile/merchants/$partner" -d "$3" \
        | sed 's/.*"publicKeyPem":"//; s/".*//; s/\\n/\n/g' > "$work/gateway.pem"

    risk='{"frms_ware_category":"1002","user_info_mercht_userno":"u1","user_info_dt_register":"20141015165530"}'
    sdk() {
        request "user_id|ap_merchant_id" busi_partner=101001 "no_order=$1" "dt_order=$placed" "name_goods=羽毛球" \
            "info_order=3桶羽毛球" money_order=210.90 "notify_url=http://127.0.0.1:9/notify?a=1" valid_order=30 \
            "risk_item=$risk" user_id=u1
    }
    pay() { json "$base/control/lianlian-mobile/sdk/$1" -d "{\"order\":$(sdk "$2"),\"cardNo\":\"6222020200001234567\"}"; }

    # The app's payment: ret_code, ret_msg and agreementno are not signed in the result.
    answer=$(pay pay "$order")
    is ret_code 0000
    is result_pay SUCCESS
    verify 'ret_code|ret_msg|agreementno' "$answer"
    agreement=$(field agreementno "$answer")
    paybill=$(field oid_paybill "$answer")
    echo "$mode: payment by the app verified"

    answer=$(curl -sSf "$base/control/notification?provider=lianlian-mobile&merchantId=$partner&orderNo=$order&orderDatetime=$placed")
    is result_pay SUCCESS
    is no_agree "$agreement"
    verify none "$answer"
    echo "$mode: notification verified"

    call /queryapi/orderquery.htm 0000 none "no_order=$order" "dt_order=$placed"
    is money_order 210.90
    call /queryapi/orderquery.htm 0000 'bank_name|card_no' "oid_paybill=$paybill" query_version=1.1
    is bank_name 工商银行
    is card_no '************4567'
    call /queryapi/orderquery.htm 8901 none "no_order=$order-none"
    echo "$mode: order query verified"

    call /queryapi/bankcardquery.htm 0000 none card_no=6259550000001234
    is card_type 3
    call /queryapi/bankcardbin.htm 5001 none card_no=9999990000001234
    echo "$mode: card BIN query verified"

    call /queryapi/userbankcard.htm 0000 none user_id=u1 offset=0
    is count 1
    call /queryapi/bankcardbindlist.htm 0000 none user_id=u1 pay_type=2 offset=0
    case $answer in *'"card_no":"4567"'*) ;; *) fail "signed cards: $answer" ;; esac
    echo "$mode: signed cards verified"

    call /traderapi/bankcardunbind.htm 0000 none user_id=u1 "no_agree=$agreement"
    call /queryapi/userbankcard.htm 8901 none user_id=u1 offset=0
    echo "$mode: unbinding verified"

    call /traderapi/refund.htm 0000 none "no_refund=$refund" "dt_refund=$placed" money_refund=10.00 \
        "no_order=$order" "dt_order=$placed" notify_url=http://127.0.0.1:9/refund
    is sta_refund 0
    number=$(field oid_refundno "$answer")
    call /traderapi/refund.htm 5007 none "no_refund=$refund-2" "dt_refund=$placed" money_refund=210.00 \
        "no_order=$order" "dt_order=$placed"
    call /queryapi/refundquery.htm 0000 none "no_refund=$refund" "dt_refund=$placed"
    is oid_refundno "$number"
    json "$base/control/lianlian-mobile/refunds/$number/state" -d '{"state":"2"}'
    call /queryapi/refundquery.htm 0000 none "oid_refundno=$number"
    is sta_refund 2
    echo "$mode: refund and refund query verified"

    for no in "$held" "$free"; do
        answer=$(pay preauthorise "$no")
        is result_pay SUCCESS
        verify 'ret_code|ret_msg|agreementno' "$answer"
    done
    call /queryapi/preauthquery.htm PR07 none pay_type=F api_version=1.0 "no_order=$held" "dt_order=$placed"
    call /traderapi/preauthComplete.htm 0000 none user_id=u1 pay_type=F api_version=1.0 money_order=200.00 \
        "no_order=$held" "dt_order=$placed"
    call /queryapi/preauthquery.htm PR12 none pay_type=F api_version=1.0 "no_order=$held" "dt_order=$placed"
    is money_order 200.00
    call /traderapi/preauthCancel.htm 0000 none user_id=u1 pay_type=F api_version=1.0 money_order=210.90 \
        "no_order=$free" "dt_order=$placed"
    call /queryapi/preauthquery.htm PR15 none pay_type=F api_version=1.0 "no_order=$free" "dt_order=$placed"
    echo "$mode: pre-authorisation complete, cancel and query verified"

    day=$(printf '%s' "$placed" | cut -c1-8)
    curl -sSf "$base/control/lianlian-mobile/settlement/JYMX/$partner/$day" > "$work/day"
    grep -q "^$order,$partner,.*,101001,$paybill,$day,210.90,0,5,.*,1.05,手机应用支付网关,储蓄卡快捷支付,3桶羽毛球" \
        "$work/day" || fail "JYMX: $(cat "$work/day")"
    grep -q "^$refund,$partner,.*,101001,$order,$day,-10.00,1,5,.*,-0.05," "$work/day" \
        || fail "JYMX: $(cat "$work/day")"
    [ "$(curl -sSf "$base/control/lianlian-mobile/settlement/JYMXSUM/$partner/$day" | tr -d '\r')" \
        = '2|1|210.90|1|-10.00|0|' ] || fail "JYMXSUM"
    echo "$mode: settlement files agree"

    answer=$(json "$base/queryapi/orderquery.htm" -d "$(request none "no_order=$order" | sed 's/"no_order":"/&x/')")
    is ret_code 1001
    verify none "$answer"
    echo "$mode: a wrong signature is refused under a right one"
}

walk MD5 201103171000000000 "{\"signType\":\"MD5\",\"md5Key\":\"$key\"}"
walk RSA 201103171000000001 \
    "{\"signType\":\"RSA\",\"publicKey\":\"$(grep -v -- ----- "$work/merchant.pem" | tr -d '\n')\"}"
