"""The words of pseudonyms, per language. None is a first name, a slight or a party's colour; none says
anything of somebody's age, sex or origin. Any adjective goes with any noun.

Nouns stand by how adjectives end beside them, adjectives are written with those endings.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Words:
    """Each of the `adjectives` has as many forms as there are groups of `nouns`, in the same order."""

    pattern: str
    nouns: Sequence[Sequence[str]]
    adjectives: Sequence[Sequence[str]]


def _dutch() -> Words:
    """Beside a noun with 'de' the adjective ends in -e."""
    adjectives = """
        zachte warme heldere rustige vrolijke kalme zonnige lichte frisse milde dappere vlugge trouwe
        vrije lenige gulle blije montere pientere kordate standvastige stralende glanzende fonkelende
        zingende dansende dromende wandelende zwevende reizende fluitende lachende luisterende speelse
        nieuwsgierige handige vindingrijke geduldige aandachtige zorgzame behulpzame gastvrije hoopvolle
        moedige bedachtzame vredige stille sierlijke vlotte levendige opgewekte eerlijke oprechte
        goedgeluimde vriendelijke hartelijke slimme zorgeloze bruisende twinkelende sprankelende
        zwierige doortastende betrouwbare
    """
    nouns = """
        Vos Das Egel Otter Eekhoorn Zwaluw Leeuwerik Specht Vink Spreeuw Reiger Kievit Grutto Wulp
        Nachtegaal Valk Buizerd Sperwer Kraanvogel Zwaan IJsvogel Lijster Libel Vlinder Hommel Bij
        Krekel Dolfijn Zalm Forel Lynx Beuk Eik Berk Esdoorn Wilg Spar Ceder Kastanje Hazelaar Vlier
        Meidoorn Klaproos Korenbloem Zonnebloem Sleutelbloem Boterbloem Klaver Varen Kamille Lavendel
        Tijm Rivier Beek Bron Heuvel Vallei Weide Haven Brug Molen Lantaarn Komeet Ster Wolk Golf Parel
        Schelp Vlieger Viool Klok
    """
    return Words("{adjective} {noun}", [nouns.split()], [[word.capitalize()] for word in adjectives.split()])


def _french() -> Words:
    """Masculine and feminine; the adjective comes after the noun."""
    adjectives = """
        doux/douce calme/calme joyeux/joyeuse lumineux/lumineuse paisible/paisible tranquille/tranquille
        vif/vive agile/agile habile/habile léger/légère libre/libre fidèle/fidèle sincère/sincère
        généreux/généreuse curieux/curieuse rêveur/rêveuse patient/patiente attentif/attentive
        courageux/courageuse hardi/hardie astucieux/astucieuse ingénieux/ingénieuse inventif/inventive
        chantant/chantante dansant/dansante brillant/brillante étincelant/étincelante radieux/radieuse
        rayonnant/rayonnante souriant/souriante chaleureux/chaleureuse accueillant/accueillante
        serein/sereine enjoué/enjouée espiègle/espiègle voyageur/voyageuse flâneur/flâneuse
        matinal/matinale printanier/printanière ensoleillé/ensoleillée étoilé/étoilée doré/dorée
        discret/discrète délicat/délicate gracieux/gracieuse élégant/élégante alerte/alerte
        vaillant/vaillante tenace/tenace optimiste/optimiste confiant/confiante content/contente
        bienveillant/bienveillante serviable/serviable solidaire/solidaire songeur/songeuse
        limpide/limpide aimable/aimable amical/amicale cordial/cordiale harmonieux/harmonieuse
        mélodieux/mélodieuse pétillant/pétillante scintillant/scintillante honnête/honnête loyal/loyale
        fiable/fiable souple/souple poétique/poétique spontané/spontanée hospitalier/hospitalière
        jovial/joviale
    """
    masculine = """
        Renard Hérisson Écureuil Castor Lynx Cerf Chevreuil Dauphin Saumon Héron Rossignol Merle Pinson
        Chardonneret Moineau Faucon Épervier Cygne Papillon Grillon Hêtre Chêne Bouleau Érable Saule
        Tilleul Noisetier Sureau Châtaignier Cèdre Sapin Trèfle Coquelicot Bleuet Tournesol Muguet Lilas
        Thym Ruisseau Sentier Vallon Jardin Moulin Phare Voilier Nuage Galet Coquillage Violon Tambour
        Cerf-volant Lampion Carillon Cadran
    """
    feminine = """
        Hirondelle Alouette Mésange Fauvette Loutre Libellule Coccinelle Abeille Cigale Truite Mouette
        Sittelle Bergeronnette Hermine Tourterelle Clairière Prairie Colline Rivière Source Fontaine
        Vallée Forêt Dune Vague Brise Comète Étoile Lune Lanterne Boussole Péniche Fougère Lavande
        Menthe Pâquerette Primevère Aubépine Camomille Noisette Châtaigne Perle Guitare Flûte Harpe
        Passerelle Écluse
    """
    forms = [word.split("/") for word in adjectives.split()]
    return Words("{noun} {adjective}", [masculine.split(), feminine.split()], forms)


def _german() -> Words:
    """Masculine, feminine and neuter without an article: -er, -e, -es."""
    adjectives = """
        sanft warm ruhig fröhlich heiter hell klar leicht frisch mild tapfer flink treu frei munter wach
        froh klug pfiffig findig geduldig achtsam hilfsbereit gastlich mutig friedlich still anmutig
        golden lebhaft ehrlich aufrichtig freundlich herzlich zuversichtlich besonnen neugierig
        verspielt gewandt geschickt beschwingt leuchtend glänzend funkelnd singend tanzend träumend
        wandernd schwebend reisend pfeifend lachend lauschend strahlend sonnig luftig standhaft
        zufrieden gelassen großzügig weitblickend verlässlich gesellig quirlig behutsam einfallsreich
        hoffnungsvoll
    """
    masculine = """
        Fuchs Dachs Igel Biber Luchs Hirsch Spatz Fink Specht Star Reiher Kiebitz Zaunkönig Falke
        Bussard Sperber Schwan Eisvogel Kranich Schmetterling Falter Delfin Lachs Ahorn Holunder
        Wacholder Klee Farn Lavendel Thymian Fluss Bach Hügel Hafen Leuchtturm Komet Stern Mond Kompass
        Wind Kiesel Garten Steg Pfad Brunnen
    """
    feminine = """
        Amsel Lerche Drossel Schwalbe Nachtigall Möwe Bachstelze Libelle Hummel Biene Grille Forelle
        Buche Eiche Birke Weide Tanne Zeder Kastanie Ulme Pappel Esche Haselnuss Sonnenblume Kornblume
        Schlüsselblume Kamille Minze Quelle Wiese Brücke Mühle Laterne Wolke Welle Muschel Perle Geige
        Flöte Harfe Düne Insel Brise
    """
    neuter = """
        Reh Eichhörnchen Murmeltier Glühwürmchen Gänseblümchen Vergissmeinnicht Kleeblatt Segelboot
        Windrad Tal Ufer Licht Moos Karussell Klavier
    """
    forms = [[f"{word.capitalize()}{end}" for end in ("er", "e", "es")] for word in adjectives.split()]
    return Words("{adjective} {noun}", [masculine.split(), feminine.split(), neuter.split()], forms)


def _english() -> Words:
    adjectives = """
        gentle warm bright calm cheerful merry sunny mild brave swift loyal free nimble generous glad
        lively clever steady shining gleaming sparkling singing dancing dreaming wandering floating
        travelling whistling laughing listening playful curious handy inventive patient attentive caring
        helpful welcoming hopeful bold thoughtful peaceful quiet graceful golden honest sincere friendly
        hearty kind jolly radiant starlit moonlit airy breezy contented serene trusty keen witty agile
        easygoing roving glowing humming soaring smiling gracious plucky tranquil
    """
    nouns = """
        Badger Fox Hedgehog Squirrel Hare Lynx Deer Dolphin Salmon Trout Heron Nightingale Songbird
        Skylark Finch Kingfisher Sparrow Starling Lapwing Curlew Falcon Kestrel Swan Crane Dragonfly
        Bumblebee Butterfly Cricket Firefly Beech Oak Birch Maple Cedar Chestnut Hawthorn Sunflower
        Cornflower Buttercup Snowdrop Bluebell Clover Moss Lavender Thyme Mint River Stream Fountain
        Dune Hilltop Valley Meadow Harbour Bridge Windmill Lantern Comet Star Moonbeam Cloud Breeze Wave
        Pebble Seashell Compass Kite Violin Lighthouse Sailboat Acorn Walnut Orchard Garden Puffin
        Goldfinch Canoe Carousel Cello Island Sunrise Larch
    """
    return Words("{adjective} {noun}", [nouns.split()], [[word.capitalize()] for word in adjectives.split()])


WORDS: Mapping[str, Words] = {"nl": _dutch(), "fr": _french(), "de": _german(), "en": _english()}
