package io.myrixen.netback;

import io.myrixen.mx.ReturnCode;
import io.myrixen.mx.control.Detail;

/** Why a request is refused: MX's code, the quota or field to blame, and its value. */
record Refusal(ReturnCode code, Detail detail, long value) implements Supply.Mapping {}
