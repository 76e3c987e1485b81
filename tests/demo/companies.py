"""The companies of the demonstration, all invented, and how each behaves when it is warned.

A company: ref, name, domain, network, and a list of contacts.  A contact: what the far mail server does with mail to
it (accept, greylist, refuse) and what comes back (see tests/lib/answers.py; "" is silence).  A telephone number stands
as it is.
"""


class Company:
    def __init__(self, ref, name, domain, network, *contacts, **more):
        self.ref, self.name, self.domain, self.network = ref, name, domain, network
        self.contacts = contacts
        self.status = more.get("status", "participant")
        self.vital = more.get("vital", False)
        self.partner = more.get("partner", "")
        self.language = more.get("language", "nl")

    def address(self, n):
        """The n-th host address of the company's network."""
        if ":" in self.network:
            return self.network.split("/")[0] + "%x" % (0x10 + n)
        base, host = self.network.split("/")[0].rsplit(".", 1)
        return "%s.%d" % (base, int(host) + n)


class Mail:
    def __init__(self, local, server="accept", back="", role="", pgp=""):
        self.local, self.server, self.back, self.role, self.pgp = local, server, back, role, pgp


COMPANIES = [
    Company("bakkerij-korenaar", "Bakkerij De Korenaar", "korenaar.example", "192.0.2.0/28",
            Mail("info", back="received"), "+31 20 5550101"),
    Company("banket-vermeulen", "Banketbakkerij Vermeulen", "banketvermeulen.example", "192.0.2.16/28",
            Mail("winkel", "greylist", "received")),
    Company("bakker-bas", "Bakker Bas & Zonen", "bakkerbas.example", "192.0.2.32/28",
            Mail("bas", back="resolved"), "+31 30 5550103"),
    Company("brood-en-zo", "Brood en Zo", "broodenzo.example", "192.0.2.48/28",
            Mail("webshop", back="vacation"), Mail("eigenaar")),
    Company("molen-de-hoop", "Molenwinkel De Hoop", "molendehoop.example", "192.0.2.64/28",
            Mail("molenaar", back="received")),
    Company("taart-atelier", "Taartatelier Zoet", "taartatelier.example", "192.0.2.80/28",
            Mail("hallo", back="question"), "+31 70 5550106"),
    Company("ijssalon-venetia", "IJssalon Venetia", "ijsvenetia.example", "192.0.2.96/28",
            Mail("ijs", "refuse"), Mail("administratie", back="received", role="administrator")),
    Company("kaashandel-de-wit", "Kaashandel De Wit", "kaasdewit.example", "192.0.2.112/28",
            Mail("bestel", back="bounce"), Mail("directie", back="received", role="director")),
    Company("slagerij-hakkert", "Slagerij Hakkert", "hakkert.example", "192.0.2.128/28",
            Mail("info", back="bounce"), "+31 10 5550109"),
    Company("viswinkel-noord", "Viswinkel Noord", "viswinkelnoord.example", "192.0.2.144/28",
            Mail("vis", "refuse"), "+31 50 5550110"),
    Company("fietsen-janssen", "Fietsen Janssen", "fietsenjanssen.example", "192.0.2.160/28",
            Mail("werkplaats", "greylist", "resolved", "administrator")),
    Company("bloemen-iris", "Bloemenhuis Iris", "bloemeniris.example", "192.0.2.176/28",
            Mail("iris", back="not_ours")),
    Company("drukkerij-letter", "Drukkerij De Letter", "deletter.example", "192.0.2.192/28",
            Mail("dtp", back="unsubscribe")),
    Company("garage-snel", "Garage Snel", "garagesnel.example", "192.0.2.208/28",
            Mail("balie", back="full"), Mail("garage", back="received")),
    Company("hotel-zeezicht", "Hotel Zeezicht", "zeezicht.example", "192.0.2.224/28",
            Mail("reception", back="received"), language="en"),
    Company("camping-duin", "Camping Het Duin", "hetduin.example", "192.0.2.240/28",
            Mail("boeken"), "+31 223 555016"),
    Company("tandarts-kroon", "Tandartspraktijk Kroon", "praktijkkroon.example", "198.51.100.0/28",
            Mail("praktijk", back="received")),
    Company("fysio-beweeg", "Fysiotherapie Beweeg", "beweeg.example", "198.51.100.16/28",
            Mail("fysio", back="vacation")),
    Company("notaris-zegel", "Notariskantoor Zegel", "zegel.example", "198.51.100.32/28",
            Mail("ict", "greylist", "received", "administrator")),
    Company("makelaar-dak", "Makelaardij Dak", "makelaardak.example", "198.51.100.48/28",
            Mail("info", back="received"), status="found"),
    Company("installatie-pijp", "Installatiebedrijf Pijp", "pijpinstallatie.example", "198.51.100.64/28",
            Mail("kantoor", back="delayed"), "+31 24 5550121"),
    Company("bouw-steen", "Bouwbedrijf Steen", "bouwsteen.example", "198.51.100.80/28",
            Mail("werkvoorbereiding", back="resolved")),
    Company("transport-rit", "Transport Rit", "rittransport.example", "198.51.100.96/28",
            Mail("planning", back="received")),
    Company("kwekerij-groen", "Kwekerij Groen", "kwekerijgroen.example", "198.51.100.112/28",
            Mail("kas", back="question"), status="found"),
    Company("metaal-smit", "Metaalbewerking Smit", "smitmetaal.example", "198.51.100.128/28",
            Mail("smit"), partner="beheer-helder"),
    Company("hout-zaag", "Houtzagerij De Zaag", "dezaag.example", "198.51.100.144/28",
            partner="beheer-helder"),
    Company("beheer-helder", "Systeembeheer Helder", "helderbeheer.example", "198.51.100.160/28",
            Mail("meldingen", back="received", role="administrator")),
    Company("advies-koers", "Adviesbureau Koers", "koers.example", "198.51.100.176/28",
            Mail("secretariaat", back="received"), status="found"),
    Company("waterbedrijf-bron", "Waterbedrijf Bron", "waterbron.example", "198.51.100.192/28",
            Mail("soc"), vital=True),
    Company("antiek-vroeger", "Antiek Vroeger", "antiekvroeger.example", "198.51.100.208/28",
            "+31 58 5550130", status="found"),
    Company("wijn-kelder", "Wijnhandel De Kelder", "dekelder.example", "2001:db8:10::/48",
            Mail("wijn", back="received")),
    Company("boek-blad", "Boekhandel Blad", "boekblad.example", "2001:db8:11::/48",
            Mail("lezen", back="resolved")),
    Company("speelgoed-tol", "Speelgoed Tol", "speelgoedtol.example", "203.0.113.0/27",
            Mail("winkel"), "+31 40 5550133"),
    Company("muziek-noot", "Muziekhandel Noot", "muzieknoot.example", "203.0.113.32/27",
            Mail("noot", back="received")),
]


def mails():
    """{address: Mail} of all contacts."""
    return {"%s@%s" % (k.local, c.domain): k for c in COMPANIES for k in c.contacts if isinstance(k, Mail)}
