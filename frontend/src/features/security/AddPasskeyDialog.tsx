import { useMutation } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { addPasskey, askForNewPasskey } from "../../api/factors";
import { Dialog } from "../../components/Dialog";
import { NameForm } from "./NameForm";
import { makePasskey } from "./passkeys";

interface AddProps {
  isOpen: boolean;
  onClose: () => void;
  onEnrolled: (codes: string[]) => void;
}

export function AddPasskeyDialog({ isOpen, onClose, onEnrolled }: AddProps) {
  const { t } = useTranslation("security");
  const adding = useMutation({
    mutationFn: async (name: string) => {
      const { options } = await askForNewPasskey();
      return addPasskey(name, await makePasskey(options));
    },
    onSuccess: (enrolled) => onEnrolled(enrolled.recovery_codes),
  });
  return (
    <Dialog isOpen={isOpen} onClose={onClose} title={t("passkey.add")}>
      <NameForm
        first={t("passkey.default_name")}
        button={t("passkey.make")}
        isPending={adding.isPending}
        error={adding.error}
        onName={adding.mutate}
      />
    </Dialog>
  );
}
