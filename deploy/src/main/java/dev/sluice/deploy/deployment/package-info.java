/** Deploying, undeploying and replacing applications without a failed request. */
@NullMarked
package dev.sluice.deploy.deployment;

import org.jspecify.annotations.NullMarked;
