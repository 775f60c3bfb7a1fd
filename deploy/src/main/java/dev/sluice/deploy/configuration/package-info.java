/** The keys of {@code sluice.yaml}, where their values come from, and what is said about wrong ones. */
@NullMarked
package dev.sluice.deploy.configuration;

import org.jspecify.annotations.NullMarked;
