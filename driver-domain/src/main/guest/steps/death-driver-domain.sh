# The driver domain is destroyed and made anew, with another domid: its devices move, and VMs go on.
whole
busy
must "xl destroy" xl destroy dd
told "the driver domain is gone"
await 30 "a shadow of the driver domain is left" none_of shadows
whole
exchange "quick pingpong" 8
