package io.myrixen.mx.board;

/** A board that can be reached: its id and the name it is found by, such as {@code vm:0}. */
public record Peer(long nicId, String hostname) {}
