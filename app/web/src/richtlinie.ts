/** What the framing page lets this one do. */

/** Chromium's way to ask; elsewhere one only learns it by being refused. */
interface MitRichtlinie {
  readonly featurePolicy?: { allowsFeature(name: string): boolean; features(): string[] };
}

/** True where a feature is known to be closed: trying it would only add an error to the console. */
export function gesperrt(merkmal: "geolocation" | "clipboard-write" | "web-share"): boolean {
  const { featurePolicy } = document as MitRichtlinie;
  // What a browser does not know it calls forbidden as well.
  return !!featurePolicy?.features().includes(merkmal) && !featurePolicy.allowsFeature(merkmal);
}
