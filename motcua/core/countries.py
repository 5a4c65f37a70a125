"""Who issues passports: the three letters that stand in the passport (ICAO Doc 9303, part 3: ISO 3166-1 and a few of its own),
with the name in Vietnamese and in English.
"""

from functools import cache

from motcua.core.text import fold

# Names are the ones in everyday use; where the two languages write a name alike it stands once.
_NAMES = """
AFG Afghanistan; ALB Albania; DZA Algeria; AND Andorra; AGO Angola; ATG Antigua và Barbuda/Antigua and Barbuda;
ARG Argentina; ARM Armenia; AUS Úc/Australia; AUT Áo/Austria; AZE Azerbaijan; BHS Bahamas; BHR Bahrain; BGD Bangladesh;
BRB Barbados; BLR Belarus; BEL Bỉ/Belgium; BLZ Belize; BEN Benin; BTN Bhutan; BOL Bolivia;
BIH Bosnia và Herzegovina/Bosnia and Herzegovina; BWA Botswana; BRA Brazil; BRN Brunei; BGR Bulgaria; BFA Burkina Faso;
BDI Burundi; CPV Cabo Verde; KHM Campuchia/Cambodia; CMR Cameroon; CAN Canada; CAF Cộng hòa Trung Phi/Central African Republic;
TCD Chad; CHL Chile; CHN Trung Quốc/China; COL Colombia; COM Comoros; COG Congo; COD Cộng hòa Dân chủ Congo/DR Congo;
CRI Costa Rica; CIV Bờ Biển Ngà/Ivory Coast; HRV Croatia; CUB Cuba; CYP Síp/Cyprus; CZE Séc/Czechia; DNK Đan Mạch/Denmark;
DJI Djibouti; DMA Dominica; DOM Cộng hòa Dominica/Dominican Republic; ECU Ecuador; EGY Ai Cập/Egypt; SLV El Salvador;
GNQ Guinea Xích Đạo/Equatorial Guinea; ERI Eritrea; EST Estonia; SWZ Eswatini; ETH Ethiopia; FJI Fiji; FIN Phần Lan/Finland;
FRA Pháp/France; GAB Gabon; GMB Gambia; GEO Gruzia/Georgia; DEU Đức/Germany; GHA Ghana; GRC Hy Lạp/Greece; GRD Grenada;
GTM Guatemala; GIN Guinea; GNB Guinea-Bissau; GUY Guyana; HTI Haiti; HND Honduras;
HKG Hồng Kông (Trung Quốc)/Hong Kong (China); HUN Hungary; ISL Iceland; IND Ấn Độ/India; IDN Indonesia; IRN Iran; IRQ Iraq;
IRL Ireland; ISR Israel; ITA Ý/Italy; JAM Jamaica; JPN Nhật Bản/Japan; JOR Jordan; KAZ Kazakhstan; KEN Kenya; KIR Kiribati;
PRK Triều Tiên/Korea (North); KOR Hàn Quốc/Korea (South); KWT Kuwait; KGZ Kyrgyzstan; LAO Lào/Laos; LVA Latvia;
LBN Liban/Lebanon; LSO Lesotho; LBR Liberia; LBY Libya; LIE Liechtenstein; LTU Litva/Lithuania; LUX Luxembourg;
MAC Ma Cao (Trung Quốc)/Macao (China); MDG Madagascar; MWI Malawi; MYS Malaysia; MDV Maldives; MLI Mali; MLT Malta;
MHL Quần đảo Marshall/Marshall Islands; MRT Mauritania; MUS Mauritius; MEX Mexico; FSM Micronesia; MDA Moldova; MCO Monaco;
MNG Mông Cổ/Mongolia; MNE Montenegro; MAR Maroc/Morocco; MOZ Mozambique; MMR Myanmar; NAM Namibia; NRU Nauru; NPL Nepal;
NLD Hà Lan/Netherlands; NZL New Zealand; NIC Nicaragua; NER Niger; NGA Nigeria; MKD Bắc Macedonia/North Macedonia;
NOR Na Uy/Norway; OMN Oman; PAK Pakistan; PLW Palau; PSE Palestine; PAN Panama; PNG Papua New Guinea; PRY Paraguay; PER Peru;
PHL Philippines; POL Ba Lan/Poland; PRT Bồ Đào Nha/Portugal; QAT Qatar; ROU Romania; RUS Nga/Russia; RWA Rwanda;
KNA Saint Kitts và Nevis/Saint Kitts and Nevis; LCA Saint Lucia; VCT Saint Vincent và Grenadines/Saint Vincent and the Grenadines;
WSM Samoa; SMR San Marino; STP São Tomé và Príncipe/Sao Tome and Principe; SAU Ả Rập Xê Út/Saudi Arabia; SEN Senegal; SRB Serbia;
SYC Seychelles; SLE Sierra Leone; SGP Singapore; SVK Slovakia; SVN Slovenia; SLB Quần đảo Solomon/Solomon Islands; SOM Somalia;
ZAF Nam Phi/South Africa; SSD Nam Sudan/South Sudan; ESP Tây Ban Nha/Spain; LKA Sri Lanka; SDN Sudan; SUR Suriname;
SWE Thụy Điển/Sweden; CHE Thụy Sĩ/Switzerland; SYR Syria; TWN Đài Loan (Trung Quốc)/Taiwan (China); TJK Tajikistan; TZA Tanzania;
THA Thái Lan/Thailand; TLS Timor-Leste; TGO Togo; TON Tonga; TTO Trinidad và Tobago/Trinidad and Tobago; TUN Tunisia;
TUR Thổ Nhĩ Kỳ/Türkiye; TKM Turkmenistan; TUV Tuvalu; UGA Uganda; UKR Ukraina/Ukraine;
ARE Các Tiểu vương quốc Ả Rập Thống nhất/United Arab Emirates; GBR Anh/United Kingdom; USA Hoa Kỳ/United States; URY Uruguay;
UZB Uzbekistan; VUT Vanuatu; VAT Vatican; VEN Venezuela; VNM Việt Nam/Viet Nam; YEM Yemen; ZMB Zambia; ZWE Zimbabwe;
XXA Người không quốc tịch/Stateless person; XXB Người tị nạn/Refugee
"""


def _read() -> dict[str, tuple[str, str]]:
    found = {}
    for one in _NAMES.replace("\n", " ").split(";"):
        code, _, names = one.strip().partition(" ")
        vietnamese, _, english = names.partition("/")
        found[code] = (vietnamese, english or vietnamese)
    return found


COUNTRIES: dict[str, tuple[str, str]] = _read()


def country_name(code: str, language: str = "vi") -> str:
    """The name in a language ("vi", else English); the code itself when nobody knows it, empty for none."""
    names = COUNTRIES.get(code)
    return names[language != "vi"] if names else code


def country_choices(language: str = "vi") -> list[tuple[str, str]]:
    """All of them as (code, name), by name as people of that language read it."""
    return sorted(((code, country_name(code, language)) for code in COUNTRIES), key=lambda one: fold(one[1]))


@cache
def country_names() -> tuple[str, ...]:
    """All names in Vietnamese, in their order: what a field for typing offers."""
    return tuple(name for _, name in country_choices())


@cache
def _by_name() -> dict[str, str]:
    return {fold(name): code for code, names in COUNTRIES.items() for name in names}


def country_code(text: str) -> str | None:
    """The three letters that somebody means by a name in either language, with or without marks, or by the letters themselves;
    empty for nothing, None for no country. "NGA" in capitals is what a passport says (Nigeria), "Nga" is Russia.
    """
    typed = text.strip()
    if not typed or typed in COUNTRIES:
        return typed
    letters = typed.upper()
    return _by_name().get(fold(typed)) or (letters if letters in COUNTRIES else None)
