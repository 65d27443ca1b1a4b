/** Passkeys between the API, which speaks base64url, and the browser, which speaks bytes (WebAuthn, level 3). */
import type { PasskeyOptions } from "../../api/types";

type Descriptor = { id: string; type: "public-key"; transports?: AuthenticatorTransport[] };

/** The person closed the browser's dialog, or it waited too long. */
export class PasskeyGivenUp extends Error {}

export const arePasskeysKnown = () => "PublicKeyCredential" in window;

export function bytesOf(text: string): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(atob(text.replaceAll("-", "+").replaceAll("_", "/")), (letter) => letter.charCodeAt(0));
}

export function textOf(bytes: ArrayBuffer): string {
  const letters = Array.from(new Uint8Array(bytes), (byte) => String.fromCharCode(byte)).join("");
  return btoa(letters).replaceAll("+", "-").replaceAll("/", "_").replace(/=+$/, "");
}

const descriptors = (given: unknown) =>
  ((given ?? []) as Descriptor[]).map((each) => ({ ...each, id: bytesOf(each.id) }));

export async function makePasskey(options: PasskeyOptions): Promise<object> {
  const user = options.user as { id: string; name: string; displayName: string };
  const publicKey = {
    ...options,
    challenge: bytesOf(options.challenge as string),
    user: { ...user, id: bytesOf(user.id) },
    excludeCredentials: descriptors(options.excludeCredentials),
  } as unknown as PublicKeyCredentialCreationOptions;
  const made = await answered(() => navigator.credentials.create({ publicKey }));
  const response = made.response as AuthenticatorAttestationResponse;
  return wire(made, {
    clientDataJSON: textOf(response.clientDataJSON),
    attestationObject: textOf(response.attestationObject),
    transports: response.getTransports?.() ?? [],
  });
}

export async function answerWithPasskey(options: PasskeyOptions): Promise<object> {
  const publicKey = {
    ...options,
    challenge: bytesOf(options.challenge as string),
    allowCredentials: descriptors(options.allowCredentials),
  } as unknown as PublicKeyCredentialRequestOptions;
  const used = await answered(() => navigator.credentials.get({ publicKey }));
  const response = used.response as AuthenticatorAssertionResponse;
  return wire(used, {
    clientDataJSON: textOf(response.clientDataJSON),
    authenticatorData: textOf(response.authenticatorData),
    signature: textOf(response.signature),
  });
}

async function answered(ask: () => Promise<Credential | null>): Promise<PublicKeyCredential> {
  try {
    const credential = await ask();
    if (credential) return credential as PublicKeyCredential;
  } catch (error) {
    throw new PasskeyGivenUp("", { cause: error });
  }
  throw new PasskeyGivenUp();
}

function wire(credential: PublicKeyCredential, response: object): object {
  return { id: credential.id, rawId: textOf(credential.rawId), type: credential.type, response };
}
