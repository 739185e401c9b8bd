# The contract that every substrate is held to: grants, mappings, event channels, the store.
contract
must "the contract in dd" ended dd "$(cat /run/contract)" 150
said dd "$(cat /run/contract)"
