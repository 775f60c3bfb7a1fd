package dev.sluice.samples.springmvc;

import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;

/** A new item, as a form sends it. */
public record ItemForm(@NotBlank String name, @Min(1) int price) {}
