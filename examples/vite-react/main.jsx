import { Book, Rulebook, decide, init } from "cadans/worker";
import { useEffect, useState } from "react";
import { createRoot } from "react-dom/client";
import leads from "../leads.json?raw";
import rules from "../monday.rhai?raw";

function Queue({ now }) {
  const [advices, setAdvices] = useState([]);
  useEffect(() => {
    let gone = false;
    (async () => {
      await init();
      const [rulebook, book] = [new Rulebook([{ file: "monday.rhai", text: rules }]), new Book(leads)];
      const decided = await decide(rulebook, book, now);
      if (!gone) setAdvices(decided);
    })();
    return () => { gone = true; };
  }, [now]);
  return (
    <ol>
      {advices.map(({ lead, verdict, touch, reason }) => <li key={lead}>{lead}: {touch?.channel ?? verdict}. {reason}</li>)}
    </ol>
  );
}

createRoot(document.getElementById("app")).render(<Queue now="2026-11-20T10:00:00+01:00" />);
