package dev.sluice.samples.springmvc;

/** What the shop sells. */
public record Item(int id, String name, int price) {}
