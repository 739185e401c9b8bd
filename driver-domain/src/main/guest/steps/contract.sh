# The contract that every substrate is held to: grants, mappings, event channels; the store, of which
# domain 0 alone may try all.
contract
must "the contract in dd" ended dd "$(cat /run/contract)" 150
said dd "$(cat /run/contract)"
await 150 "the store's contract does not end" [ -s /run/contract.code ]
cat /run/contract.said
[ "$(cat /run/contract.code)" = 0 ] || fail "the store's contract in domain 0"
