/** Writing JSON, for logs and the management API. */
@NullMarked
package dev.sluice.deploy.json;

import org.jspecify.annotations.NullMarked;
