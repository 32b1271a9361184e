import type { Configuration } from '../../config/configuration.js';
import { isPublicAddress } from '../../net/addresses.js';
import type { AddressPolicy } from './address-policy.js';

/** Which addresses this service fetches sources from. */
export const policyOf = ({ allowPrivateSources }: Configuration): AddressPolicy =>
  allowPrivateSources ? () => true : isPublicAddress;
