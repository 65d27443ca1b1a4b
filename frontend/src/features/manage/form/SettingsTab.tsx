import { useState } from "react";
import { useFormats } from "../../../app/formats";
import { useDelivery } from "../delivery/useDelivery";
import { SettingsForm } from "./SettingsForm";
import { draftOf } from "./draft";

/** Fills the form once; a delivery renewed in the background does not overwrite what is being typed. */
export function SettingsTab() {
  const delivery = useDelivery();
  const { timeZone } = useFormats();
  const [saved, setSaved] = useState(() => ({ draft: draftOf(delivery, timeZone), round: 0 }));
  return (
    <SettingsForm
      key={saved.round}
      delivery={delivery}
      saved={saved.draft}
      onSaved={(changed) => setSaved((last) => ({ draft: draftOf(changed, timeZone), round: last.round + 1 }))}
    />
  );
}
